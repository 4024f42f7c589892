"""What the columns of a patient list probably mean, by their headers and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from cocm_desktop.domain.identifiers import US_PHONE_DIGITS, phone_digits
from cocm_desktop.domain.patient_cell import SEX_WORDS, birth_date
from cocm_desktop.domain.patient_list import Mapping, PatientField, PatientList
from cocm_desktop.domain.text import fold

# Headers as electronic records and practice systems write them, without blanks; of several
# columns the one named first here is taken. "patient", "pt" and "member" in front do not matter.
SYNONYMS: dict[PatientField, str] = {
    PatientField.MRN: (
        "mrn mrnumber medicalrecordnumber medicalrecordno medicalrecord medrec medrecnumber "
        "medrecno mr mrno emrn ehrid emrid epicid chartnumber chartno chart chartid chartnum prn "
        "recordnumber recordno patientid patid ptid personid id idnumber identifier "
        "personnumber clientid accountnumber accountno account acct acctnumber acctno acctnum "
        "externalid hospitalnumber mpi empi"
    ),
    PatientField.FULL_NAME: "name fullname nm namelastfirst lastfirst lastnamefirstname "
    "legalname displayname completename namefull client demographics patient",
    PatientField.LAST_NAME: "lastname last lname lastnm namelast surname familyname family "
    "legallastname lastnamelegal lastlegalname namefamily",
    PatientField.FIRST_NAME: "firstname first fname firstnm namefirst givenname given forename "
    "legalfirstname firstnamelegal firstlegalname namegiven",
    PatientField.MIDDLE_NAME: "middlename middle mname mi middleinitial middlenm namemiddle "
    "initial secondname midname",
    PatientField.SUFFIX: "suffix namesuffix generation sfx",
    PatientField.PREFERRED_NAME: "preferredname preferredfirstname nickname preferred chosenname "
    "goesby alias aka usedname",
    PatientField.BORN_ON: "dob dateofbirth birthdate birthday bdate born birth birthdt dobirth "
    "dateborn bornon dobmmddyyyy dateofbirthmmddyyyy birthdatemmddyyyy dtofbirth brthdt birthdttm",
    PatientField.SEX: "sex legalsex administrativesex birthsex sexatbirth sexassignedatbirth "
    "gender gndr genderidentity admsex sexcode gendercode",
    PatientField.PHONE: "primaryphone preferredphone phoneprimary mobilephone mobile cellphone "
    "cell phonemobile phonecell mobilenumber cellnumber mobilephonenumber phone phonenumber "
    "phoneno phone1 phonenum telephone telephonenumber tel contactnumber contactphone homephone "
    "phonehome homephonenumber homenumber hometelephone dayphone daytimephone phoneday workphone",
    PatientField.EMAIL: "email emailaddress mail emailaddr emailid",
    PatientField.ADDRESS: "address address1 addressline1 addr1 addr addressline street "
    "streetaddress street1 streetline1 mailingaddress homeaddress address1street addressstreet "
    "line1 homeaddress1 mailingaddress1 residentialaddress",
    PatientField.ADDRESS_2: "address2 addressline2 addr2 street2 streetline2 line2 apt unit "
    "aptunit apartment aptnumber",
    PatientField.CITY: "city town citytown municipality homecity mailingcity addresscity",
    PatientField.STATE: "state st stateprovince stateabbr statecode province homestate "
    "mailingstate addressstate usstate",
    PatientField.POSTAL_CODE: "zip zipcode postalcode postal zip5 zippostal homezip mailingzip "
    "addresszip zippostalcode postcode",
    PatientField.LANGUAGE: "language preferredlanguage primarylanguage lang languagespoken "
    "spokenlanguage languagepreference",
    PatientField.PAYER: "primaryinsurance primarypayer insurance payer payor primaryins "
    "insurance1 ins1 insurancename insurancecompany inscompany carrier primarycarrier "
    "insurancecarrier healthplan plan planname primaryplan insuranceplan primaryinsurancename "
    "primaryinsurancecompany primarypayername payername payorname primarypayor "
    "primaryinsuranceplan insuranceprimary coverage ins",
    PatientField.MEMBER_ID: "memberid memberno membernumber policynumber policyno policy policyid "
    "subscriberid subscriberno subscribernumber insuranceid insid insurancenumber "
    "insurancepolicynumber primaryinsuranceid primarymemberid primarypolicynumber primarypolicy "
    "primarysubscriberid mbi medicareid medicaidid medicarenumber medicaidnumber hicn "
    "certificatenumber primaryinsurancepolicynumber idcard ins1id",
    PatientField.GROUP_NUMBER: "groupnumber groupno group groupid grp grpnumber grpno "
    "insurancegroup insgroup primarygroupnumber primarygroup insurancegroupnumber",
    PatientField.TREATING_PRACTITIONER: "pcp pcpname primarycareprovider primarycarephysician "
    "primarycarepractitioner primaryprovider provider providername physician physicianname doctor "
    "renderingprovider attending attendingprovider treatingpractitioner treatingprovider "
    "usualprovider assignedprovider defaultprovider primarycareclinician clinician practitioner "
    "currentpcp careprovider primaryphysician",
}
# Source: 45 CFR 164.502(b), minimum necessary: this program has no use for the number.
SSN_HEADERS = frozenset(
    {"ssn", "ss", "ssnumber", "ssno", "ssnnumber", "ssan", "soc", "social", "socsec", "socsecno"}
    | {"socialsecurity", "socialsecuritynumber", "socialsecurityno", "socialsecuritynum"}
    | {"socsecnumber", "last4ssn", "ssnlast4", "ssn4", "fullssn", "taxid", "itin"}
)

_RANKS: dict[str, tuple[PatientField, int]] = {
    word: (field, rank)
    for field, words in SYNONYMS.items()
    for rank, word in reversed(list(enumerate(words.split())))
}
_IN_FRONT = ("patient", "patients", "pt", "pat", "member", "client", "person", "demographics")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST = 0.8  # of a column's values must look alike for a guess
_LOOKED_AT = 200


def key_of(header: str) -> str:
    """Write a header without what makes no difference: Pt. Last_Name becomes ptlastname."""
    spaced = _CAMEL.sub(" ", header).replace("#", " number ")
    return re.sub(r"[^a-z0-9]", "", fold(spaced))


def field_of(header: str) -> tuple[PatientField, int] | None:
    """Give what a header means, and how far down the list of its synonyms it stands."""
    key = key_of(header)
    if found := _RANKS.get(key):
        return found
    for word in _IN_FRONT:
        rest = key.removeprefix(word)
        if rest != key and rest in _RANKS:
            return _RANKS[rest]
    return None


def is_ssn_header(header: str) -> bool:
    key = key_of(header)
    return any(
        key.removeprefix(word) in SSN_HEADERS
        for word in ("", *_IN_FRONT, "subscriber", "guarantor", "insured")
    )


def recognized(headers: Sequence[str]) -> int:
    """Count the different fields that a line of headers names."""
    named = {found[0] for header in headers if (found := field_of(header))}
    return len(named) + sum(map(is_ssn_header, headers))


def guess_mapping(patient_list: PatientList, *, today: date) -> Mapping:
    """Guess each column by its header, then what is still missing by what the columns hold."""
    best: dict[PatientField, tuple[int, int]] = {}
    for column, header in enumerate(patient_list.columns):
        if found := field_of(header):
            field, rank = found
            best[field] = min(best.get(field, (rank, column)), (rank, column))
    mapping: list[PatientField | None] = [None] * len(patient_list.columns)
    for field, (_rank, column) in best.items():
        mapping[column] = field
    if PatientField.LAST_NAME in best and PatientField.FIRST_NAME in best:
        mapping = [None if field is PatientField.FULL_NAME else field for field in mapping]
    return _completed(patient_list, mapping, today=today)


def _completed(
    patient_list: PatientList, mapping: list[PatientField | None], *, today: date
) -> Mapping:
    """Fill the columns that no header named, where nearly all of their values look alike."""

    def is_birth(value: str) -> bool:
        return birth_date(value, today=today) is not None

    looks: dict[PatientField, Callable[[str], object]] = {
        PatientField.EMAIL: re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE).fullmatch,
        PatientField.BORN_ON: is_birth,
        PatientField.SEX: lambda value: fold(value) in SEX_WORDS,
        PatientField.PHONE: _is_phone,
        PatientField.FULL_NAME: re.compile(r"[^\W\d][^,\d]*, [^\W\d][^,\d]*").fullmatch,
    }
    for field, look in looks.items():
        named = {PatientField.FULL_NAME, PatientField.LAST_NAME, PatientField.FIRST_NAME} & {
            *mapping
        }
        if field in mapping or (field is PatientField.FULL_NAME and named):
            continue
        for column, header in enumerate(patient_list.columns):
            if mapping[column] is not None:
                continue
            if field is PatientField.BORN_ON and not _may_be_birth(header):
                continue
            if _mostly(patient_list, column, look):
                mapping[column] = field
                break
    return tuple(mapping)


def _may_be_birth(header: str) -> bool:
    """Tell whether a header leaves open that its dates are dates of birth."""
    return not re.search(r"visit|appt|appoint|service|seen|next|last|created|enroll", fold(header))


def _is_phone(value: str) -> bool:
    return len(phone_digits(value)) == US_PHONE_DIGITS and bool(re.search(r"[-() .]", value))


def _mostly(patient_list: PatientList, column: int, look: Callable[[str], object]) -> bool:
    values = [value for value, _ in zip(patient_list.values(column), range(_LOOKED_AT))]  # noqa: B905
    return bool(values) and sum(bool(look(value)) for value in values) >= _MOST * len(values)
