"""The fields of the roster, block by block of the form."""

from taizhang.ledgers.members.fields_more import ADMISSION, COMMUNITY, CONTACT, LEAVING, MOBILE, REMARKS, WORK
from taizhang.ledgers.members.fields_person import PARTY, PERSON

FIELDS = PERSON + PARTY + CONTACT + WORK + MOBILE + COMMUNITY + ADMISSION + LEAVING + REMARKS
