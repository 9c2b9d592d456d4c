"""What became of a page: is its copy to be believed, and did it change?"""
