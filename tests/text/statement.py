"""A statement that passages are quoted from."""

STATEMENT = """Harbour authority statement

The harbour will not close its northern gate before 1 March 2025, and ferries may run until 11.30 p.m. on weekdays.

“We have never sold berth data,” said Ana-María Núñez, the authority’s director, “and we don’t intend to.” \
She added: "Our 'open ledger' policy stays."

Fees rise by 3.5 per cent, to €1,250 a year; the non-resident surcharge is 12%. \
The budget is $2.5 million (about £1.9m).

Berth
Notice
North quay
30 days
South quay
30 days
East quay
60 days

• Boats over 12 m must register.
• Boats under 12 m need not register.

Temperatures fell to −5 °C; the area is 10 km². The AI/ML pilot uses 4,000 sensors — all of them anonymous.

The café’s naïve façade was rebuilt. Привет, мир: порт открыт. הנמל פתוח לציבור. \
港は一般に開放されています。 Ahoy 🚢⚓️!

The company can't share logs. Customers can opt out at any time, unless required by law. \
The well-known co-operative re-signed the lease.

We collect data. We use data. We share data with partners.
"""
HARBOUR_RULES = "Rules of the quay. Boats may moor here{}. Crews sign in first."
