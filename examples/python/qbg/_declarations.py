"""Every constant, struct and function of the public headers, for ctypes.

Made from include/qbg/*.h by tests/checks/declarations.py; do not edit."""
from ctypes import (
    CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_int, c_int32, c_int64, c_size_t, c_uint32,
    c_uint64, c_void_p,
)

from ._opaque import opaque

QBG_CROSSWALK_SALESFORCE = 0
QBG_CROSSWALK_HUBSPOT = 1
QBG_CROSSWALK_DYNAMICS = 2
QBG_CROSSWALK_SERVICENOW = 3
QBG_CROSSWALK_SUITECRM = 4
QBG_CROSSWALK_ADOBE = 5
QBG_CROSSWALK_MILLER_HEIMAN = 6
QBG_CROSSWALK_MEDDPICC = 7
QBG_PERSONA_EVIDENCE = 4
QBG_OK = 0
QBG_E_ARGUMENT = 1
QBG_E_MEMORY = 2
QBG_E_TEXT = 3
QBG_E_RANGE = 4
QBG_E_EXISTS = 5
QBG_E_NOT_FOUND = 6
QBG_E_CONFLICT = 7
QBG_E_OVERFLOW = 8
QBG_E_ZERO = 9
QBG_E_FORMAT = 10
QBG_E_REFUSED = 11
QBG_DUPLICATE = 12
QBG_E_FLOAT = 13
QBG_E_BUSY = 14
QBG_E_GONE = 15
QBG_E_IN_USE = 16
QBG_E_ERASED = 17
QBG_UNDATED = -9223372036854775808
QBG_NONE = 4294967295
QBG_COLUMN_INT64 = 1
QBG_COLUMN_DOUBLE = 2
QBG_COLUMN_TEXT = 3
QBG_COLUMN_UINT64 = 4
QBG_COLUMN_TIME = 5
QBG_WORDS_VERDICT = 0
QBG_WORDS_SEAT_STATE = 1
QBG_WORDS_CRITERION = 2
QBG_WORDS_MODE = 3
QBG_WORDS_STATUS = 4
QBG_WORDS_STANCE = 5
QBG_WORDS_PARTICIPATION = 6
QBG_WORDS_INTEREST = 7
QBG_WORDS_CATEGORY = 8
QBG_WORDS_DEPARTMENT = 9
QBG_WORDS_SENIORITY = 10
QBG_WORDS_OPPORTUNITY_TYPE = 11
QBG_WORDS_OUTCOME = 12
QBG_WORDS_SOURCE = 13
QBG_WORDS_NEED_STATE = 14
QBG_WORDS_ANSWER = 15
QBG_WORDS_TREND = 16
QBG_WORDS_STAGE = 17
QBG_WORDS_FORMAT = 18
QBG_WORDS_PUT = 19
QBG_WORDS_PATH_STEP = 20
QBG_WORDS_ENTITY = 21
QBG_WORDS_CHANGE = 22
QBG_WORDS_CAUSE = 23
QBG_WORDS_EVIDENCE = 24
QBG_WORDS_PROPOSAL = 25
QBG_UNSET = -1
QBG_VERDICT_SILENT = 0
QBG_VERDICT_SINGLE_THREADED = 1
QBG_VERDICT_MULTI_THREADED = 2
QBG_VERDICT_QUALIFIED = 3
QBG_SEAT_MISSING = 0
QBG_SEAT_DARK = 1
QBG_SEAT_ENGAGED = 2
QBG_SEAT_SUPPORTIVE = 3
QBG_CRITERION_MEMBERS_IDENTIFIED = 0
QBG_CRITERION_MEMBERS_ENGAGED = 1
QBG_CRITERION_REQUIRED_SEATS = 2
QBG_CRITERION_COVERAGE_ENGAGED = 3
QBG_CRITERION_INTENT = 4
QBG_CRITERION_RECENCY = 5
QBG_CRITERION_NEED_VALIDATED = 6
QBG_CRITERION_BUDGET = 7
QBG_CRITERION_AUTHORITY = 8
QBG_CRITERION_TIMELINE = 9
QBG_CRITERION_FIT = 10
QBG_CRITERION_NO_OPEN_BLOCKER = 11
QBG_MODE_OFF = 0
QBG_MODE_ADVISORY = 1
QBG_MODE_REQUIRED = 2
QBG_STATUS_POTENTIAL = 0
QBG_STATUS_CONFIRMED = 1
QBG_STATUS_DISMISSED = 2
QBG_STATUS_LEFT = 3
QBG_STANCE_CHAMPION = 0
QBG_STANCE_SUPPORTER = 1
QBG_STANCE_NEUTRAL = 2
QBG_STANCE_SKEPTIC = 3
QBG_STANCE_BLOCKER = 4
QBG_STANCE_UNKNOWN = 5
QBG_PARTICIPATION_ACTIVE = 0
QBG_PARTICIPATION_MODERATE = 1
QBG_PARTICIPATION_PASSIVE = 2
QBG_INTEREST_HIGH = 0
QBG_INTEREST_MEDIUM = 1
QBG_INTEREST_LOW = 2
QBG_CATEGORY_NAMED = 0
QBG_CATEGORY_ANONYMOUS = 1
QBG_CATEGORY_QUALIFIED_LEAD = 2
QBG_CATEGORY_THIRD_PARTY = 3
QBG_DEPARTMENT_EXECUTIVE = 0
QBG_DEPARTMENT_FINANCE = 1
QBG_DEPARTMENT_IT = 2
QBG_DEPARTMENT_ENGINEERING = 3
QBG_DEPARTMENT_OPERATIONS = 4
QBG_DEPARTMENT_PROCUREMENT = 5
QBG_DEPARTMENT_LEGAL = 6
QBG_DEPARTMENT_HR = 7
QBG_DEPARTMENT_MARKETING = 8
QBG_DEPARTMENT_SALES = 9
QBG_DEPARTMENT_PRODUCT = 10
QBG_DEPARTMENT_SECURITY = 11
QBG_DEPARTMENT_OTHER = 12
QBG_SENIORITY_ASSISTANT = 0
QBG_SENIORITY_SPECIALIST = 1
QBG_SENIORITY_MANAGER = 2
QBG_SENIORITY_DIRECTOR = 3
QBG_SENIORITY_VP = 4
QBG_SENIORITY_C_LEVEL = 5
QBG_OPPORTUNITY_ACQUISITION = 0
QBG_OPPORTUNITY_CROSS_SELL = 1
QBG_OPPORTUNITY_UPSELL = 2
QBG_OPPORTUNITY_RETENTION = 3
QBG_OUTCOME_WON = 0
QBG_OUTCOME_LOST = 1
QBG_SOURCE_RULE = 0
QBG_SOURCE_HOST = 1
QBG_NEED_OPEN = 0
QBG_NEED_VALIDATED = 1
QBG_NEED_ADDRESSED = 2
QBG_ANSWER_NO = 0
QBG_ANSWER_YES = 1
QBG_TREND_SHRINKING = 0
QBG_TREND_STABLE = 1
QBG_TREND_GROWING = 2
QBG_FORMAT_TEXT = 0
QBG_FORMAT_CSV = 1
QBG_FORMAT_JSON = 2
QBG_PUT_SAME = 0
QBG_PUT_CHANGED = 1
QBG_PUT_CREATED = 2
QBG_STEP_ENGAGE = 0
QBG_STEP_RECONTACT = 1
QBG_STEP_IDENTIFY = 2
QBG_ENTITY_ACCOUNT = 0
QBG_ENTITY_CONTACT = 1
QBG_ENTITY_OPPORTUNITY = 2
QBG_ENTITY_SOLUTION = 3
QBG_ENTITY_KIND = 4
QBG_ENTITY_ROLE = 5
QBG_ENTITY_TEMPLATE = 6
QBG_EVIDENCE_HOST = 0
QBG_EVIDENCE_CRM = 1
QBG_EVIDENCE_TITLE = 2
QBG_EVIDENCE_VENDOR = 3
QBG_EVIDENCE_BEHAVIOUR = 4
QBG_PROPOSAL_ACCOUNT = 0
QBG_PROPOSAL_OPEN = 1
QBG_PROPOSAL_JOIN = 2
QBG_PROPOSAL_ROLE = 3
QBG_PROPOSAL_LOOK = 4
QBG_CHANGE_FORMING = 0
QBG_CHANGE_OPENED = 1
QBG_CHANGE_JOINED = 2
QBG_CHANGE_ENGAGED = 3
QBG_CHANGE_ROLE_COVERED = 4
QBG_CHANGE_QUALIFIED = 5
QBG_CHANGE_SILENT = 6
QBG_CHANGE_LEFT = 7
QBG_CHANGE_ROLE_LOST = 8
QBG_CHANGE_UNQUALIFIED = 9
QBG_CHANGE_CLOSED = 10
QBG_CAUSE_SIGNALS = 0
QBG_CAUSE_FACTS = 1
QBG_CAUSE_AGEING = 2
QBG_DIALECT_SALESFORCE = 0
QBG_DIALECT_HUBSPOT = 1

qbg_account = opaque("qbg_account")
qbg_assessment = opaque("qbg_assessment")
qbg_baseline = opaque("qbg_baseline")
qbg_blob = opaque("qbg_blob")
qbg_book_reader = opaque("qbg_book_reader")
qbg_contact = opaque("qbg_contact")
qbg_kind = opaque("qbg_kind")
qbg_member = opaque("qbg_member")
qbg_opportunity = opaque("qbg_opportunity")
qbg_path = opaque("qbg_path")
qbg_policy = opaque("qbg_policy")
qbg_role = opaque("qbg_role")
qbg_signal = opaque("qbg_signal")
qbg_solution = opaque("qbg_solution")
qbg_table = opaque("qbg_table")
qbg_template = opaque("qbg_template")
qbg_workspace = opaque("qbg_workspace")


class ArrowSchema(Structure):
    pass


class ArrowArray(Structure):
    pass


class ArrowArrayStream(Structure):
    pass


class qbg_account_columns(Structure):
    pass


class qbg_contact_columns(Structure):
    pass


class qbg_opportunity_columns(Structure):
    pass


class qbg_member_columns(Structure):
    pass


class qbg_allocator(Structure):
    pass


class qbg_signal_columns(Structure):
    pass


ArrowSchema._fields_ = (
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", POINTER(POINTER(ArrowSchema))),
    ("dictionary", POINTER(ArrowSchema)),
    ("release", CFUNCTYPE(None, POINTER(ArrowSchema))),
    ("private_data", c_void_p),
)

ArrowArray._fields_ = (
    ("length", c_int64),
    ("null_count", c_int64),
    ("offset", c_int64),
    ("n_buffers", c_int64),
    ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(ArrowArray))),
    ("dictionary", POINTER(ArrowArray)),
    ("release", CFUNCTYPE(None, POINTER(ArrowArray))),
    ("private_data", c_void_p),
)

ArrowArrayStream._fields_ = (
    ("get_schema", CFUNCTYPE(c_int, POINTER(ArrowArrayStream), POINTER(ArrowSchema))),
    ("get_next", CFUNCTYPE(c_int, POINTER(ArrowArrayStream), POINTER(ArrowArray))),
    ("get_last_error", CFUNCTYPE(c_char_p, POINTER(ArrowArrayStream))),
    ("release", CFUNCTYPE(None, POINTER(ArrowArrayStream))),
    ("private_data", c_void_p),
)

qbg_account_columns._fields_ = (
    ("size", c_size_t),
    ("count", c_uint64),
    ("key", c_void_p),
    ("key_offsets", c_void_p),
    ("name", c_void_p),
    ("name_offsets", c_void_p),
    ("domain", c_void_p),
    ("domain_offsets", c_void_p),
    ("potential_minor", c_void_p),
    ("currency", c_void_p),
    ("currency_offsets", c_void_p),
    ("tag", c_void_p),
)

qbg_contact_columns._fields_ = (
    ("size", c_size_t),
    ("count", c_uint64),
    ("key", c_void_p),
    ("key_offsets", c_void_p),
    ("account", c_void_p),
    ("name", c_void_p),
    ("name_offsets", c_void_p),
    ("title", c_void_p),
    ("title_offsets", c_void_p),
    ("email", c_void_p),
    ("email_offsets", c_void_p),
    ("department", c_void_p),
    ("seniority", c_void_p),
    ("tag", c_void_p),
    ("company", c_void_p),
    ("company_offsets", c_void_p),
)

qbg_opportunity_columns._fields_ = (
    ("size", c_size_t),
    ("count", c_uint64),
    ("key", c_void_p),
    ("key_offsets", c_void_p),
    ("account", c_void_p),
    ("solution", c_void_p),
    ("name", c_void_p),
    ("name_offsets", c_void_p),
    ("type", c_void_p),
    ("opened_s", c_void_p),
    ("closed_s", c_void_p),
    ("stage", c_void_p),
    ("stage_offsets", c_void_p),
    ("amount_minor", c_void_p),
    ("currency", c_void_p),
    ("currency_offsets", c_void_p),
    ("outcome", c_void_p),
    ("need_validated", c_void_p),
    ("budget", c_void_p),
    ("authority", c_void_p),
    ("timeline", c_void_p),
    ("fit", c_void_p),
    ("tag", c_void_p),
)

qbg_member_columns._fields_ = (
    ("size", c_size_t),
    ("count", c_uint64),
    ("opportunity", c_void_p),
    ("contact", c_void_p),
    ("role", c_void_p),
    ("status", c_void_p),
    ("stance", c_void_p),
    ("influence", c_void_p),
    ("participation", c_void_p),
    ("interest", c_void_p),
    ("joined_s", c_void_p),
    ("left_s", c_void_p),
    ("next_contact_s", c_void_p),
    ("note", c_void_p),
    ("note_offsets", c_void_p),
    ("tag", c_void_p),
)

qbg_allocator._fields_ = (
    ("size", c_size_t),
    ("ctx", c_void_p),
    ("resize", CFUNCTYPE(c_void_p, c_void_p, c_void_p, c_size_t, c_size_t)),
)

qbg_signal_columns._fields_ = (
    ("size", c_size_t),
    ("count", c_uint64),
    ("time_s", c_void_p),
    ("kind", c_void_p),
    ("contact", c_void_p),
    ("account", c_void_p),
    ("solution", c_void_p),
    ("opportunity", c_void_p),
    ("visitor", c_void_p),
    ("visitor_offsets", c_void_p),
    ("content", c_void_p),
    ("content_offsets", c_void_p),
    ("event", c_void_p),
    ("event_offsets", c_void_p),
)


STATUS = "status"  # the result of a function that can fail

# Each function: its result, and its parameters.
FUNCTIONS = {
    "qbg_account_add": (STATUS, (qbg_workspace, c_char_p, c_char_p, POINTER(c_void_p))),
    "qbg_account_put": (STATUS, (
        qbg_workspace, c_char_p, c_char_p, POINTER(c_void_p), POINTER(c_int32),
    )),
    "qbg_account_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_account_count": (c_uint32, (qbg_workspace,)),
    "qbg_account_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_account_is_alive": (c_int32, (qbg_account,)),
    "qbg_account_set_tag": (STATUS, (qbg_account, c_uint64)),
    "qbg_account_tag": (c_uint64, (qbg_account,)),
    "qbg_account_number": (c_uint32, (qbg_account,)),
    "qbg_account_key": (c_char_p, (qbg_account,)),
    "qbg_account_name": (c_char_p, (qbg_account,)),
    "qbg_account_set_name": (STATUS, (qbg_account, c_char_p)),
    "qbg_account_add_domain": (STATUS, (qbg_account, c_char_p)),
    "qbg_account_domain_count": (c_uint32, (qbg_account,)),
    "qbg_account_domain": (c_char_p, (qbg_account, c_uint32)),
    "qbg_account_set_potential": (STATUS, (qbg_account, c_int64, c_char_p)),
    "qbg_account_potential_minor": (c_int64, (qbg_account,)),
    "qbg_account_currency": (c_char_p, (qbg_account,)),
    "qbg_arrow_export": (STATUS, (qbg_table, POINTER(ArrowArrayStream))),
    "qbg_arrow_import": (STATUS, (
        qbg_workspace, c_char_p, POINTER(ArrowArrayStream), POINTER(c_uint64), POINTER(c_void_p),
    )),
    "qbg_assess": (STATUS, (qbg_opportunity, c_int64, POINTER(c_void_p))),
    "qbg_assessment_refill": (STATUS, (qbg_assessment, qbg_opportunity, c_int64)),
    "qbg_assessment_free": (None, (qbg_assessment,)),
    "qbg_assessment_opportunity": (c_char_p, (qbg_assessment,)),
    "qbg_assessment_account": (c_char_p, (qbg_assessment,)),
    "qbg_assessment_solution": (c_char_p, (qbg_assessment,)),
    "qbg_assessment_as_of": (c_int64, (qbg_assessment,)),
    "qbg_assessment_verdict": (c_int32, (qbg_assessment,)),
    "qbg_assessment_priority": (c_double, (qbg_assessment,)),
    "qbg_assessment_intent": (c_double, (qbg_assessment,)),
    "qbg_assessment_coverage_identified": (c_double, (qbg_assessment,)),
    "qbg_assessment_coverage_engaged": (c_double, (qbg_assessment,)),
    "qbg_assessment_coverage_supportive": (c_double, (qbg_assessment,)),
    "qbg_assessment_completeness": (c_double, (qbg_assessment,)),
    "qbg_assessment_members_identified": (c_int32, (qbg_assessment,)),
    "qbg_assessment_members_engaged": (c_int32, (qbg_assessment,)),
    "qbg_assessment_anonymous_visitors": (c_int32, (qbg_assessment,)),
    "qbg_assessment_silent_days": (c_int64, (qbg_assessment,)),
    "qbg_assessment_next_contact": (c_int64, (qbg_assessment,)),
    "qbg_assessment_seat_count": (c_uint32, (qbg_assessment,)),
    "qbg_assessment_seat_role": (c_char_p, (qbg_assessment, c_uint32)),
    "qbg_assessment_seat_state": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_seat_filled": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_seat_wanted": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_seat_is_required": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_seat_person_count": (c_uint32, (qbg_assessment, c_uint32)),
    "qbg_assessment_seat_person": (c_char_p, (qbg_assessment, c_uint32, c_uint32)),
    "qbg_assessment_missing_count": (c_uint32, (qbg_assessment,)),
    "qbg_assessment_missing_role": (c_char_p, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_count": (c_uint32, (qbg_assessment,)),
    "qbg_assessment_criterion": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_mode": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_passes": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_holds": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_has_actual": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_actual": (c_double, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_has_threshold": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_threshold": (c_double, (qbg_assessment, c_uint32)),
    "qbg_assessment_criterion_reason": (c_char_p, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_count": (c_uint32, (qbg_assessment,)),
    "qbg_assessment_member_contact": (c_char_p, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_name": (c_char_p, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_role_count": (c_uint32, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_role": (c_char_p, (qbg_assessment, c_uint32, c_uint32)),
    "qbg_assessment_member_is_inferred": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_points_int": (c_int64, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_points": (c_double, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_engagement": (c_double, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_is_engaged": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_participation": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_interest": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_stance": (c_int32, (qbg_assessment, c_uint32)),
    "qbg_assessment_member_last_signal": (c_int64, (qbg_assessment, c_uint32)),
    "qbg_proposal_apply": (STATUS, (
        qbg_workspace, c_int32, c_char_p, c_char_p, c_char_p, c_char_p, c_char_p, c_int64,
    )),
    "qbg_proposal_undo": (STATUS, (
        qbg_workspace, c_int32, c_char_p, c_char_p, c_char_p, c_char_p, c_char_p, c_int64,
    )),
    "qbg_automate": (STATUS, (qbg_workspace, c_int64, qbg_baseline, POINTER(c_void_p))),
    "qbg_baseline_new": (STATUS, (POINTER(qbg_allocator), POINTER(c_void_p))),
    "qbg_baseline_free": (None, (qbg_baseline,)),
    "qbg_baseline_add": (STATUS, (qbg_baseline, qbg_workspace, c_int64, c_int64)),
    "qbg_baseline_figure_count": (c_int32, ()),
    "qbg_baseline_figure_key": (c_char_p, (c_int32,)),
    "qbg_baseline_figure_find": (c_int32, (c_char_p,)),
    "qbg_baseline_figure": (c_int64, (qbg_baseline, c_int32)),
    "qbg_baseline_set_figure": (STATUS, (qbg_baseline, c_char_p, c_int64)),
    "qbg_workspace_begin": (STATUS, (qbg_workspace,)),
    "qbg_workspace_commit": (STATUS, (qbg_workspace,)),
    "qbg_workspace_rollback": (STATUS, (qbg_workspace,)),
    "qbg_workspace_is_busy": (c_int32, (qbg_workspace,)),
    "qbg_blob_data": (c_void_p, (qbg_blob,)),
    "qbg_blob_size": (c_size_t, (qbg_blob,)),
    "qbg_blob_free": (None, (qbg_blob,)),
    "qbg_board": (STATUS, (qbg_workspace, c_int64, c_uint32, c_uint32, c_int32, POINTER(c_void_p))),
    "qbg_board_since": (STATUS, (qbg_workspace, c_int64, c_uint64, c_int32, POINTER(c_void_p))),
    "qbg_book_table_count": (c_int32, ()),
    "qbg_book_table_name": (c_char_p, (c_int32,)),
    "qbg_book_reader_new": (STATUS, (qbg_workspace, c_int32, POINTER(c_void_p))),
    "qbg_book_reader_expect": (STATUS, (qbg_book_reader, c_char_p, c_size_t)),
    "qbg_book_reader_feed": (STATUS, (qbg_book_reader, c_char_p, c_void_p, c_size_t)),
    "qbg_book_reader_finish": (STATUS, (qbg_book_reader,)),
    "qbg_book_reader_step": (STATUS, (qbg_book_reader, c_uint64, POINTER(c_uint64))),
    "qbg_book_reader_rows": (c_uint64, (qbg_book_reader,)),
    "qbg_book_reader_done": (c_uint64, (qbg_book_reader,)),
    "qbg_book_reader_refusals": (STATUS, (qbg_book_reader, POINTER(c_void_p))),
    "qbg_book_reader_free": (None, (qbg_book_reader,)),
    "qbg_book_write": (STATUS, (qbg_workspace, c_char_p, POINTER(c_void_p))),
    "qbg_kind_add": (STATUS, (
        qbg_workspace, c_char_p, c_int32, c_int64, c_int32, POINTER(c_void_p),
    )),
    "qbg_kind_put": (STATUS, (
        qbg_workspace, c_char_p, c_int32, c_int64, c_int32, POINTER(c_void_p), POINTER(c_int32),
    )),
    "qbg_kind_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_kind_count": (c_uint32, (qbg_workspace,)),
    "qbg_kind_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_kind_number": (c_uint32, (qbg_kind,)),
    "qbg_kind_key": (c_char_p, (qbg_kind,)),
    "qbg_kind_label": (c_char_p, (qbg_kind, c_char_p)),
    "qbg_kind_category": (c_int32, (qbg_kind,)),
    "qbg_kind_points_milli": (c_int64, (qbg_kind,)),
    "qbg_kind_is_high_intent": (c_int32, (qbg_kind,)),
    "qbg_kind_set_tag": (STATUS, (qbg_kind, c_uint64)),
    "qbg_kind_tag": (c_uint64, (qbg_kind,)),
    "qbg_role_add": (STATUS, (qbg_workspace, c_char_p, c_char_p, POINTER(c_void_p))),
    "qbg_role_put": (STATUS, (
        qbg_workspace, c_char_p, c_char_p, POINTER(c_void_p), POINTER(c_int32),
    )),
    "qbg_role_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_role_count": (c_uint32, (qbg_workspace,)),
    "qbg_role_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_role_number": (c_uint32, (qbg_role,)),
    "qbg_role_key": (c_char_p, (qbg_role,)),
    "qbg_role_label": (c_char_p, (qbg_role, c_char_p)),
    "qbg_role_set_tag": (STATUS, (qbg_role, c_uint64)),
    "qbg_role_tag": (c_uint64, (qbg_role,)),
    "qbg_solution_add": (STATUS, (
        qbg_workspace, c_char_p, c_char_p, qbg_template, POINTER(c_void_p),
    )),
    "qbg_solution_put": (STATUS, (
        qbg_workspace, c_char_p, c_char_p, qbg_template, POINTER(c_void_p), POINTER(c_int32),
    )),
    "qbg_solution_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_solution_count": (c_uint32, (qbg_workspace,)),
    "qbg_solution_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_solution_number": (c_uint32, (qbg_solution,)),
    "qbg_solution_key": (c_char_p, (qbg_solution,)),
    "qbg_solution_name": (c_char_p, (qbg_solution,)),
    "qbg_solution_template": (c_void_p, (qbg_solution,)),
    "qbg_solution_add_content": (STATUS, (qbg_solution, c_char_p)),
    "qbg_solution_content_count": (c_uint32, (qbg_solution,)),
    "qbg_solution_content": (c_char_p, (qbg_solution, c_uint32)),
    "qbg_solution_set_tag": (STATUS, (qbg_solution, c_uint64)),
    "qbg_solution_tag": (c_uint64, (qbg_solution,)),
    "qbg_time_from_text": (STATUS, (c_char_p, c_int32, POINTER(c_int64))),
    "qbg_time_from_civil": (STATUS, (
        c_int32, c_int32, c_int32, c_int32, c_int32, c_int32, POINTER(c_int64),
    )),
    "qbg_time_to_civil": (STATUS, (
        c_int64, POINTER(c_int32), POINTER(c_int32), POINTER(c_int32), POINTER(c_int32),
        POINTER(c_int32), POINTER(c_int32),
    )),
    "qbg_account_put_columns": (STATUS, (
        qbg_workspace, POINTER(qbg_account_columns), POINTER(c_int32), POINTER(c_int32),
        POINTER(c_uint32), POINTER(c_uint64),
    )),
    "qbg_contact_put_columns": (STATUS, (
        qbg_workspace, POINTER(qbg_contact_columns), POINTER(c_int32), POINTER(c_int32),
        POINTER(c_uint32), POINTER(c_uint64),
    )),
    "qbg_opportunity_put_columns": (STATUS, (
        qbg_workspace, POINTER(qbg_opportunity_columns), POINTER(c_int32), POINTER(c_int32),
        POINTER(c_uint32), POINTER(c_uint64),
    )),
    "qbg_member_put_columns": (STATUS, (
        qbg_workspace, POINTER(qbg_member_columns), POINTER(c_int32), POINTER(c_int32),
        POINTER(c_uint64),
    )),
    "qbg_numbers": (STATUS, (
        qbg_workspace, c_int32, c_void_p, c_void_p, c_uint64, POINTER(c_uint32),
    )),
    "qbg_company_base": (STATUS, (POINTER(qbg_allocator), c_char_p, POINTER(c_void_p))),
    "qbg_company_is_same": (STATUS, (POINTER(qbg_allocator), c_char_p, c_char_p, POINTER(c_int32))),
    "qbg_contact_add": (STATUS, (
        qbg_workspace, c_char_p, qbg_account, c_char_p, c_char_p, POINTER(c_void_p),
    )),
    "qbg_contact_put": (STATUS, (
        qbg_workspace, c_char_p, qbg_account, c_char_p, c_char_p, POINTER(c_void_p),
        POINTER(c_int32),
    )),
    "qbg_contact_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_contact_count": (c_uint32, (qbg_workspace,)),
    "qbg_contact_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_contact_is_alive": (c_int32, (qbg_contact,)),
    "qbg_contact_set_tag": (STATUS, (qbg_contact, c_uint64)),
    "qbg_contact_tag": (c_uint64, (qbg_contact,)),
    "qbg_contact_number": (c_uint32, (qbg_contact,)),
    "qbg_contact_key": (c_char_p, (qbg_contact,)),
    "qbg_contact_name": (c_char_p, (qbg_contact,)),
    "qbg_contact_title": (c_char_p, (qbg_contact,)),
    "qbg_contact_email": (c_char_p, (qbg_contact,)),
    "qbg_contact_company": (c_char_p, (qbg_contact,)),
    "qbg_contact_set_name": (STATUS, (qbg_contact, c_char_p)),
    "qbg_contact_set_title": (STATUS, (qbg_contact, c_char_p)),
    "qbg_contact_set_email": (STATUS, (qbg_contact, c_char_p)),
    "qbg_contact_set_company": (STATUS, (qbg_contact, c_char_p)),
    "qbg_contact_set_account": (STATUS, (qbg_contact, qbg_account, c_int64, c_int32)),
    "qbg_contact_account": (c_void_p, (qbg_contact, c_int64)),
    "qbg_contact_add_visitor": (STATUS, (qbg_contact, c_char_p)),
    "qbg_contact_remove_visitor": (STATUS, (qbg_contact, c_char_p)),
    "qbg_contact_visitor_count": (c_uint32, (qbg_contact,)),
    "qbg_contact_visitor": (c_char_p, (qbg_contact, c_uint32)),
    "qbg_contact_set_persona": (STATUS, (qbg_contact, c_int32, c_int32)),
    "qbg_contact_department": (c_int32, (qbg_contact,)),
    "qbg_contact_seniority": (c_int32, (qbg_contact,)),
    "qbg_contact_persona_confidence": (c_double, (qbg_contact,)),
    "qbg_crosswalk_count": (c_int32, ()),
    "qbg_crosswalk_key": (c_char_p, (c_int32,)),
    "qbg_crosswalk_label": (c_char_p, (c_int32, c_char_p)),
    "qbg_crosswalk_find": (c_int32, (c_char_p,)),
    "qbg_crosswalk_word_count": (c_int32, (c_int32,)),
    "qbg_crosswalk_word": (c_char_p, (c_int32, c_int32)),
    "qbg_crosswalk_to_role": (c_char_p, (c_int32, c_char_p)),
    "qbg_crosswalk_to_role_loss": (c_char_p, (c_int32, c_char_p)),
    "qbg_crosswalk_from_role": (c_char_p, (c_int32, c_char_p)),
    "qbg_crosswalk_from_role_loss": (c_char_p, (c_int32, c_char_p)),
    "qbg_detect": (STATUS, (qbg_workspace, c_int64, qbg_baseline, POINTER(c_void_p))),
    "qbg_dialect_count": (c_int32, ()),
    "qbg_dialect_key": (c_char_p, (c_int32,)),
    "qbg_dialect_label": (c_char_p, (c_int32,)),
    "qbg_dialect_find": (c_int32, (c_char_p,)),
    "qbg_dialect_table_count": (c_int32, (c_int32,)),
    "qbg_dialect_table_name": (c_char_p, (c_int32, c_int32)),
    "qbg_dialect_table_find": (c_int32, (c_int32, c_char_p)),
    "qbg_book_reader_set_dialect": (STATUS, (qbg_book_reader, c_int32)),
    "qbg_book_reader_set_solution": (STATUS, (qbg_book_reader, c_char_p, c_char_p)),
    "qbg_book_reader_tables": (STATUS, (qbg_book_reader, POINTER(c_void_p))),
    "qbg_domain_read": (STATUS, (
        POINTER(qbg_allocator), c_char_p, POINTER(c_void_p), POINTER(c_int32),
    )),
    "qbg_duplicates": (STATUS, (qbg_workspace, POINTER(c_void_p))),
    "qbg_ledger": (STATUS, (qbg_opportunity, qbg_contact, c_int64, POINTER(c_void_p))),
    "qbg_contact_erase": (STATUS, (qbg_contact,)),
    "qbg_contact_is_erased": (c_int32, (qbg_contact,)),
    "qbg_contact_readmit": (STATUS, (qbg_workspace, c_char_p)),
    "qbg_feed": (STATUS, (qbg_workspace, c_int64, c_int64, qbg_baseline, POINTER(c_void_p))),
    "qbg_opportunity_feed": (STATUS, (qbg_opportunity, c_int64, c_int64, POINTER(c_void_p))),
    "qbg_opportunity_history": (STATUS, (qbg_opportunity, POINTER(c_void_p))),
    "qbg_contact_history": (STATUS, (qbg_contact, POINTER(c_void_p))),
    "qbg_role_evidence": (STATUS, (qbg_opportunity, qbg_contact, c_int64, POINTER(c_void_p))),
    "qbg_match_account": (STATUS, (
        qbg_workspace, c_char_p, c_char_p, c_char_p, POINTER(c_void_p), POINTER(c_void_p),
    )),
    "qbg_matches": (STATUS, (qbg_workspace, POINTER(c_void_p))),
    "qbg_member_add": (STATUS, (qbg_opportunity, qbg_contact, POINTER(c_void_p))),
    "qbg_member_put": (STATUS, (qbg_opportunity, qbg_contact, POINTER(c_void_p), POINTER(c_int32))),
    "qbg_opportunity_add_member": (STATUS, (qbg_opportunity, qbg_contact, qbg_role)),
    "qbg_member_find": (c_void_p, (qbg_opportunity, qbg_contact)),
    "qbg_member_count": (c_uint32, (qbg_opportunity,)),
    "qbg_member_at": (c_void_p, (qbg_opportunity, c_uint32)),
    "qbg_member_contact": (c_void_p, (qbg_member,)),
    "qbg_member_opportunity": (c_void_p, (qbg_member,)),
    "qbg_member_is_alive": (c_int32, (qbg_member,)),
    "qbg_member_set_tag": (STATUS, (qbg_member, c_uint64)),
    "qbg_member_tag": (c_uint64, (qbg_member,)),
    "qbg_member_is_present": (c_int32, (qbg_member, c_int64)),
    "qbg_member_add_role": (STATUS, (qbg_member, qbg_role, c_int32)),
    "qbg_member_set_roles": (STATUS, (qbg_member, POINTER(c_void_p), c_size_t, c_int64, c_int32)),
    "qbg_member_has_role": (c_int32, (qbg_member, qbg_role, c_int64)),
    "qbg_member_add_evidence": (STATUS, (qbg_member, c_int32, qbg_role, c_int32)),
    "qbg_member_set_evidence": (STATUS, (
        qbg_member, c_int32, POINTER(c_void_p), c_size_t, c_int64, c_int32,
    )),
    "qbg_member_has_evidence": (c_int32, (qbg_member, c_int32, qbg_role, c_int64)),
    "qbg_member_set_status": (STATUS, (qbg_member, c_int32, c_int64, c_int32)),
    "qbg_member_status": (c_int32, (qbg_member, c_int64)),
    "qbg_member_set_stance": (STATUS, (qbg_member, c_int32, c_int64, c_int32)),
    "qbg_member_stance": (c_int32, (qbg_member, c_int64)),
    "qbg_member_set_influence": (STATUS, (qbg_member, c_double, c_int64, c_int32)),
    "qbg_member_influence": (c_double, (qbg_member, c_int64)),
    "qbg_member_set_participation": (STATUS, (qbg_member, c_int32, c_int64, c_int32)),
    "qbg_member_participation": (c_int32, (qbg_member, c_int64)),
    "qbg_member_set_interest": (STATUS, (qbg_member, c_int32, c_int64, c_int32)),
    "qbg_member_interest": (c_int32, (qbg_member, c_int64)),
    "qbg_member_set_joined": (STATUS, (qbg_member, c_int64)),
    "qbg_member_joined": (c_int64, (qbg_member,)),
    "qbg_member_set_left": (STATUS, (qbg_member, c_int64)),
    "qbg_member_left": (c_int64, (qbg_member,)),
    "qbg_member_set_next_contact": (STATUS, (qbg_member, c_int64)),
    "qbg_member_next_contact": (c_int64, (qbg_member,)),
    "qbg_member_set_note": (STATUS, (qbg_member, c_char_p)),
    "qbg_member_note": (c_char_p, (qbg_member,)),
    "qbg_workspace_memory": (STATUS, (qbg_workspace, POINTER(c_void_p))),
    "qbg_contact_merge": (STATUS, (qbg_contact, qbg_contact)),
    "qbg_account_merge": (STATUS, (qbg_account, qbg_account)),
    "qbg_currency_places": (STATUS, (c_char_p, POINTER(c_int32))),
    "qbg_need_set": (STATUS, (qbg_opportunity, qbg_contact, c_char_p, c_int32, c_int64)),
    "qbg_need_count": (c_uint32, (qbg_opportunity,)),
    "qbg_need_key": (c_char_p, (qbg_opportunity, c_uint32)),
    "qbg_need_contact": (c_void_p, (qbg_opportunity, c_uint32)),
    "qbg_need_state": (c_int32, (qbg_opportunity, c_uint32, c_int64)),
    "qbg_opportunity_add": (STATUS, (
        qbg_workspace, c_char_p, qbg_account, qbg_solution, c_int64, POINTER(c_void_p),
    )),
    "qbg_opportunity_put": (STATUS, (
        qbg_workspace, c_char_p, qbg_account, qbg_solution, c_int64, POINTER(c_void_p),
        POINTER(c_int32),
    )),
    "qbg_opportunity_set_account": (STATUS, (qbg_opportunity, qbg_account)),
    "qbg_opportunity_set_solution": (STATUS, (qbg_opportunity, qbg_solution)),
    "qbg_opportunity_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_opportunity_count": (c_uint32, (qbg_workspace,)),
    "qbg_opportunity_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_opportunity_number": (c_uint32, (qbg_opportunity,)),
    "qbg_opportunity_is_alive": (c_int32, (qbg_opportunity,)),
    "qbg_opportunity_set_tag": (STATUS, (qbg_opportunity, c_uint64)),
    "qbg_opportunity_tag": (c_uint64, (qbg_opportunity,)),
    "qbg_opportunity_key": (c_char_p, (qbg_opportunity,)),
    "qbg_opportunity_name": (c_char_p, (qbg_opportunity,)),
    "qbg_opportunity_account": (c_void_p, (qbg_opportunity,)),
    "qbg_opportunity_solution": (c_void_p, (qbg_opportunity,)),
    "qbg_opportunity_type": (c_int32, (qbg_opportunity,)),
    "qbg_opportunity_opened": (c_int64, (qbg_opportunity,)),
    "qbg_opportunity_closed": (c_int64, (qbg_opportunity,)),
    "qbg_opportunity_set_name": (STATUS, (qbg_opportunity, c_char_p)),
    "qbg_opportunity_set_type": (STATUS, (qbg_opportunity, c_int32)),
    "qbg_opportunity_set_opened": (STATUS, (qbg_opportunity, c_int64)),
    "qbg_opportunity_set_closed": (STATUS, (qbg_opportunity, c_int64)),
    "qbg_opportunity_set_stage": (STATUS, (qbg_opportunity, c_char_p, c_int64, c_int32)),
    "qbg_opportunity_stage": (c_char_p, (qbg_opportunity, c_int64)),
    "qbg_opportunity_set_verdict": (STATUS, (qbg_opportunity, c_int32, c_int64, c_int32)),
    "qbg_opportunity_verdict": (c_int32, (qbg_opportunity, c_int64)),
    "qbg_opportunity_set_currency": (STATUS, (qbg_opportunity, c_char_p)),
    "qbg_opportunity_currency": (c_char_p, (qbg_opportunity,)),
    "qbg_opportunity_set_amount": (STATUS, (qbg_opportunity, c_int64, c_int64, c_int32)),
    "qbg_opportunity_withdraw_amount": (STATUS, (qbg_opportunity, c_int64, c_int32)),
    "qbg_opportunity_has_amount": (c_int32, (qbg_opportunity, c_int64)),
    "qbg_opportunity_amount_minor": (c_int64, (qbg_opportunity, c_int64)),
    "qbg_opportunity_set_outcome": (STATUS, (qbg_opportunity, c_int32, c_int64, c_int32)),
    "qbg_opportunity_outcome": (c_int32, (qbg_opportunity, c_int64)),
    "qbg_opportunity_set_answer": (STATUS, (qbg_opportunity, c_int32, c_int32, c_int64, c_int32)),
    "qbg_opportunity_answer": (c_int32, (qbg_opportunity, c_int32, c_int64)),
    "qbg_opportunity_set_fit": (STATUS, (qbg_opportunity, c_double, c_int64, c_int32)),
    "qbg_opportunity_fit": (c_double, (qbg_opportunity, c_int64)),
    "qbg_path_find": (STATUS, (qbg_opportunity, c_int64, POINTER(c_void_p))),
    "qbg_path_free": (None, (qbg_path,)),
    "qbg_path_opportunity": (c_char_p, (qbg_path,)),
    "qbg_path_as_of": (c_int64, (qbg_path,)),
    "qbg_path_step_limit": (c_int32, (qbg_path,)),
    "qbg_path_exists": (c_int32, (qbg_path,)),
    "qbg_path_is_qualified_already": (c_int32, (qbg_path,)),
    "qbg_path_is_exact": (c_int32, (qbg_path,)),
    "qbg_path_priority_before": (c_double, (qbg_path,)),
    "qbg_path_priority_after": (c_double, (qbg_path,)),
    "qbg_path_step_count": (c_uint32, (qbg_path,)),
    "qbg_path_step_kind": (c_int32, (qbg_path, c_uint32)),
    "qbg_path_step_role": (c_char_p, (qbg_path, c_uint32)),
    "qbg_path_step_contact": (c_char_p, (qbg_path, c_uint32)),
    "qbg_path_step_name": (c_char_p, (qbg_path, c_uint32)),
    "qbg_path_step_priority": (c_double, (qbg_path, c_uint32)),
    "qbg_path_step_gain": (c_double, (qbg_path, c_uint32)),
    "qbg_path_unmet_count": (c_uint32, (qbg_path,)),
    "qbg_path_unmet_criterion": (c_int32, (qbg_path, c_uint32)),
    "qbg_path_table": (STATUS, (qbg_path, POINTER(c_void_p))),
    "qbg_persona_read": (STATUS, (c_char_p, POINTER(c_int32), POINTER(c_int32), POINTER(c_double))),
    "qbg_persona_evidence": (STATUS, (
        c_char_p, c_uint32, POINTER(c_uint32), POINTER(c_uint32), POINTER(c_uint32),
    )),
    "qbg_policy_count": (c_int32, (qbg_policy,)),
    "qbg_policy_find": (c_int32, (qbg_policy, c_char_p)),
    "qbg_policy_key": (c_char_p, (qbg_policy, c_int32)),
    "qbg_policy_unit": (c_char_p, (qbg_policy, c_int32)),
    "qbg_policy_label": (c_char_p, (qbg_policy, c_int32, c_char_p)),
    "qbg_policy_value_milli": (c_int64, (qbg_policy, c_int32)),
    "qbg_policy_default_milli": (c_int64, (qbg_policy, c_int32)),
    "qbg_policy_min_milli": (c_int64, (qbg_policy, c_int32)),
    "qbg_policy_max_milli": (c_int64, (qbg_policy, c_int32)),
    "qbg_policy_step_milli": (c_int64, (qbg_policy, c_int32)),
    "qbg_policy_set_milli": (STATUS, (qbg_policy, c_char_p, c_int64)),
    "qbg_policy_set_text": (STATUS, (qbg_policy, c_char_p, c_char_p)),
    "qbg_proposals": (STATUS, (qbg_workspace, c_int64, qbg_baseline, POINTER(c_void_p))),
    "qbg_plan": (STATUS, (
        qbg_workspace, c_void_p, c_size_t, c_void_p, c_size_t, c_int64, POINTER(c_void_p),
    )),
    "qbg_member_remove": (STATUS, (qbg_member,)),
    "qbg_opportunity_remove": (STATUS, (qbg_opportunity, c_int32)),
    "qbg_contact_remove": (STATUS, (qbg_contact, c_int32)),
    "qbg_account_remove": (STATUS, (qbg_account, c_int32)),
    "qbg_report_board": (STATUS, (
        qbg_workspace, c_int64, c_int32, c_int32, c_char_p, POINTER(c_void_p),
    )),
    "qbg_report_tracking": (STATUS, (qbg_workspace, c_int64, c_int32, c_char_p, POINTER(c_void_p))),
    "qbg_report_table": (STATUS, (qbg_table, c_int32, POINTER(c_void_p))),
    "qbg_report_explain": (STATUS, (qbg_opportunity, c_int64, c_char_p, POINTER(c_void_p))),
    "qbg_nrr": (STATUS, (
        c_int64, c_int64, c_int64, c_int64, POINTER(c_int64), POINTER(c_int64), POINTER(c_double),
    )),
    "qbg_grr": (STATUS, (
        c_int64, c_int64, c_int64, POINTER(c_int64), POINTER(c_int64), POINTER(c_double),
    )),
    "qbg_retention_trend": (c_int32, (c_int64, c_int64)),
    "qbg_revenue_add": (STATUS, (qbg_workspace, c_char_p, c_int32, c_int32, c_int64, c_char_p)),
    "qbg_revenue_put": (STATUS, (
        qbg_workspace, c_char_p, c_int32, c_int32, c_int64, c_char_p, POINTER(c_int32),
    )),
    "qbg_revenue_find": (c_uint32, (qbg_workspace, c_char_p, c_int32, c_int32, c_char_p)),
    "qbg_revenue_count": (c_uint32, (qbg_workspace,)),
    "qbg_revenue_customer": (c_char_p, (qbg_workspace, c_uint32)),
    "qbg_revenue_year": (c_int32, (qbg_workspace, c_uint32)),
    "qbg_revenue_month": (c_int32, (qbg_workspace, c_uint32)),
    "qbg_revenue_amount_minor": (c_int64, (qbg_workspace, c_uint32)),
    "qbg_revenue_currency": (c_char_p, (qbg_workspace, c_uint32)),
    "qbg_workspace_revision": (c_uint64, (qbg_workspace,)),
    "qbg_workspace_changes": (STATUS, (qbg_workspace, c_uint64, POINTER(c_void_p))),
    "qbg_signal_new": (STATUS, (qbg_workspace, POINTER(c_void_p))),
    "qbg_signal_free": (None, (qbg_signal,)),
    "qbg_signal_clear": (None, (qbg_signal,)),
    "qbg_signal_set_time": (STATUS, (qbg_signal, c_int64)),
    "qbg_signal_set_kind": (STATUS, (qbg_signal, c_char_p)),
    "qbg_signal_set_account": (STATUS, (qbg_signal, qbg_account)),
    "qbg_signal_set_contact": (STATUS, (qbg_signal, qbg_contact)),
    "qbg_signal_set_solution": (STATUS, (qbg_signal, qbg_solution)),
    "qbg_signal_set_opportunity": (STATUS, (qbg_signal, qbg_opportunity)),
    "qbg_signal_set_visitor": (STATUS, (qbg_signal, c_char_p)),
    "qbg_signal_set_content": (STATUS, (qbg_signal, c_char_p)),
    "qbg_signal_set_event": (STATUS, (qbg_signal, c_char_p)),
    "qbg_signal_time": (c_int64, (qbg_signal,)),
    "qbg_signal_kind": (c_void_p, (qbg_signal,)),
    "qbg_signal_account": (c_void_p, (qbg_signal,)),
    "qbg_signal_contact": (c_void_p, (qbg_signal,)),
    "qbg_signal_solution": (c_void_p, (qbg_signal,)),
    "qbg_signal_opportunity": (c_void_p, (qbg_signal,)),
    "qbg_signal_visitor": (c_char_p, (qbg_signal,)),
    "qbg_signal_content": (c_char_p, (qbg_signal,)),
    "qbg_signal_event": (c_char_p, (qbg_signal,)),
    "qbg_signal_category": (c_int32, (qbg_signal,)),
    "qbg_record": (STATUS, (qbg_workspace, qbg_signal, POINTER(c_void_p), POINTER(c_int32))),
    "qbg_retract": (STATUS, (qbg_workspace, qbg_signal)),
    "qbg_append": (STATUS, (
        qbg_workspace, POINTER(qbg_signal_columns), POINTER(c_int32), POINTER(c_uint64),
    )),
    "qbg_signal_count": (c_uint64, (qbg_workspace,)),
    "qbg_opportunity_signal_count": (c_uint32, (qbg_opportunity,)),
    "qbg_opportunity_signal_at": (STATUS, (qbg_opportunity, c_uint32, qbg_signal)),
    "qbg_account_signal_count": (c_uint32, (qbg_account,)),
    "qbg_account_signal_at": (STATUS, (qbg_account, c_uint32, qbg_signal)),
    "qbg_workspace_signal_count": (c_uint32, (qbg_workspace,)),
    "qbg_workspace_signal_at": (STATUS, (qbg_workspace, c_uint32, qbg_signal)),
    "qbg_status_text": (c_char_p, (c_int32,)),
    "qbg_version": (c_char_p, ()),
    "qbg_abi_version": (c_int32, ()),
    "qbg_table_row_count": (c_int64, (qbg_table,)),
    "qbg_table_column_count": (c_int32, (qbg_table,)),
    "qbg_table_column_name": (c_char_p, (qbg_table, c_int32)),
    "qbg_table_column_type": (c_int32, (qbg_table, c_int32)),
    "qbg_table_column_find": (c_int32, (qbg_table, c_char_p)),
    "qbg_table_is_null": (c_int32, (qbg_table, c_int32, c_int64)),
    "qbg_table_int64_at": (c_int64, (qbg_table, c_int32, c_int64)),
    "qbg_table_uint64_at": (c_uint64, (qbg_table, c_int32, c_int64)),
    "qbg_table_double_at": (c_double, (qbg_table, c_int32, c_int64)),
    "qbg_table_text_at": (c_void_p, (qbg_table, c_int32, c_int64, POINTER(c_int64))),
    "qbg_table_int64_column": (c_void_p, (qbg_table, c_int32)),
    "qbg_table_uint64_column": (c_void_p, (qbg_table, c_int32)),
    "qbg_table_double_column": (c_void_p, (qbg_table, c_int32)),
    "qbg_table_text_column": (c_void_p, (qbg_table, c_int32, POINTER(POINTER(c_int64)))),
    "qbg_table_validity": (c_void_p, (qbg_table, c_int32)),
    "qbg_table_free": (None, (qbg_table,)),
    "qbg_template_add": (STATUS, (qbg_workspace, c_char_p, POINTER(c_void_p))),
    "qbg_template_put": (STATUS, (qbg_workspace, c_char_p, POINTER(c_void_p), POINTER(c_int32))),
    "qbg_template_find": (c_void_p, (qbg_workspace, c_char_p)),
    "qbg_template_count": (c_uint32, (qbg_workspace,)),
    "qbg_template_at": (c_void_p, (qbg_workspace, c_uint32)),
    "qbg_template_number": (c_uint32, (qbg_template,)),
    "qbg_template_key": (c_char_p, (qbg_template,)),
    "qbg_template_set_seat": (STATUS, (qbg_template, qbg_role, c_int64, c_int32, c_int32)),
    "qbg_template_set_seat_personas": (STATUS, (
        qbg_template, qbg_role, c_void_p, c_size_t, c_int32,
    )),
    "qbg_template_seat_count": (c_uint32, (qbg_template,)),
    "qbg_template_seat_role": (c_void_p, (qbg_template, c_uint32)),
    "qbg_template_seat_weight_milli": (c_int64, (qbg_template, c_uint32)),
    "qbg_template_seat_people": (c_int32, (qbg_template, c_uint32)),
    "qbg_template_seat_is_required": (c_int32, (qbg_template, c_uint32)),
    "qbg_template_seat_has_department": (c_int32, (qbg_template, c_uint32, c_int32)),
    "qbg_template_seat_min_seniority": (c_int32, (qbg_template, c_uint32)),
    "qbg_template_set_tag": (STATUS, (qbg_template, c_uint64)),
    "qbg_template_tag": (c_uint64, (qbg_template,)),
    "qbg_vocabulary_count": (c_int32, ()),
    "qbg_vocabulary_name": (c_char_p, (c_int32,)),
    "qbg_word_count": (c_int32, (c_int32,)),
    "qbg_word_key": (c_char_p, (c_int32, c_int32)),
    "qbg_word_label": (c_char_p, (c_int32, c_int32, c_char_p)),
    "qbg_word_find": (c_int32, (c_int32, c_char_p)),
    "qbg_verdict_label": (c_char_p, (c_int32, c_char_p)),
    "qbg_constant_count": (c_int32, ()),
    "qbg_constant_name": (c_char_p, (c_int32,)),
    "qbg_constant_value": (c_int64, (c_int32,)),
    "qbg_workspace_new": (STATUS, (POINTER(qbg_allocator), POINTER(c_void_p))),
    "qbg_workspace_free": (None, (qbg_workspace,)),
    "qbg_workspace_bytes": (c_uint64, (qbg_workspace,)),
    "qbg_workspace_set_limit": (STATUS, (qbg_workspace, c_uint64)),
    "qbg_workspace_limit": (c_uint64, (qbg_workspace,)),
    "qbg_workspace_policy": (c_void_p, (qbg_workspace,)),
}
