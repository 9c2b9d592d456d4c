"""The one door for people: name and password, second factor, single sign-on. All of django-allauth is in here."""
