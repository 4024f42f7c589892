"""Short forms of given names that stand for one another."""

from __future__ import annotations

# Common US short forms; each line is one family of names, folded.
_FAMILIES = (
    "abigail abby gail", "albert al bert", "alexander alex alejandro sasha", "andrew andy drew",
    "alexandra alex sandra sasha", "anthony tony antonio", "barbara barb babs",
    "benjamin ben benny",
    "catherine katherine kathryn cathy kathy kate katie kat kitty", "charles charlie chuck carlos",
    "christina christine chris tina", "christopher chris kit", "cynthia cindy", "daniel dan danny",
    "david dave davey", "deborah debra deb debbie", "donald don donny", "dorothy dot dottie",
    "edward ed eddie ted eduardo", "eleanor ellie nora",
    "elizabeth liz beth betty eliza lisa betsy",
    "emily em emmy", "eugene gene", "francis frank francisco pancho paco", "frances fran francesca",
    "frederick fred freddy", "gabriel gabe", "george jorge", "gerald jerry gerry", "gregory greg",
    "harold hal harry", "henry hank harry enrique", "jacob jake", "james jim jimmy jamie jaime",
    "jennifer jen jenny", "jessica jess jessie", "john jack johnny juan jon", "jonathan jon john",
    "joseph joe joey jose pepe", "joshua josh", "judith judy", "kenneth ken kenny", "kimberly kim",
    "lawrence larry", "leonard len lenny leo", "margaret maggie meg peg peggy margie rita",
    "maria mary marie mari", "matthew matt mateo", "michael mike mickey miguel mick", "nancy nan",
    "nathaniel nathan nate", "nicholas nick nico nicolas", "pamela pam", "patricia pat patty trish",
    "patrick pat paddy", "peter pete pedro", "philip phillip phil felipe", "rebecca becky becca",
    "richard rick dick rich ricky ricardo", "robert bob bobby rob robbie bert roberto",
    "ronald ron ronny", "samantha sam", "samuel sam sammy", "sandra sandy", "stephanie steph",
    "stephen steven steve esteban", "susan sue susie suzanne", "teresa theresa terry tess",
    "theodore ted teddy", "thomas tom tommy tomas", "timothy tim timmy", "victoria vicky tori",
    "vincent vince vinny vicente", "virginia ginny", "walter walt",
    "william bill billy will wm liam",
    "zachary zach zack",
)  # fmt: skip
_FAMILIES_OF: dict[str, set[int]] = {}
for _number, _family in enumerate(_FAMILIES):
    for _name in _family.split():
        _FAMILIES_OF.setdefault(_name, set()).add(_number)


def stand_for_one_another(one: str, other: str) -> bool:
    """Tell whether two folded given names are forms of one name, as Bob and Robert are."""
    return bool(_FAMILIES_OF.get(one, set()) & _FAMILIES_OF.get(other, set()))
