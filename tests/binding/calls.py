"""The one list of scripted calls: for every public function an entry that calls it as a host would
and checks its answer.

An entry is a script that takes a World; a test may watch the calls of the function it is named for.
`scripted` makes a function's body the entry of the function of that name; `answers` is for calls
that only answer, as arguments and what comes back. may_be_null: parameters for which NULL has a
meaning of its own."""
import ctypes
import errno
from ctypes import byref, c_double, c_int32, c_int64, c_uint16, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass
from pathlib import Path

from fixture import AS_OF, DAY, OPENED, at, ok, same
from library import C, STRUCTS, headers

BOOKS = Path(__file__).resolve().parents[2] / "examples" / "books"

MANY = 12  # calls that make every array grow, most of them twice

CALLS = {}


@dataclass
class Call:
    name: str
    script: object
    may_be_null: tuple


def scripted(may_be_null=""):
    def enlist(script):
        CALLS[script.__name__] = Call(script.__name__, script, tuple(may_be_null.split()))
        return script
    return enlist


def answers(name, pairs, may_be_null=""):
    """pairs: a function from the world to {(argument, ...): answer}."""
    def script(w):
        for arguments, expected in pairs(w).items():
            answer = getattr(w, name)(*arguments)
            if answer != expected:
                raise AssertionError(f"{arguments}: {answer!r} instead of {expected!r}")
    CALLS[name] = Call(name, script, tuple(may_be_null.split()))


def numbered(prefix, i):
    return b"%s-%02d" % (prefix, i)


# ---- account.h -----------------------------------------------------------------------------------

@scripted("name out_account")
def qbg_account_add(w):
    for i in range(MANY):
        account = c_void_p()
        ok(w.qbg_account_add(w.workspace, numbered(b"iris", i), b"Iris", account))
        same(w.qbg_account_find(w.workspace, numbered(b"iris", i)), account.value)
        same(w.qbg_account_name(account), b"Iris")
    same(w.qbg_account_add(w.workspace, b"daisy", None, None), C.E_EXISTS)
    same(w.qbg_account_add(w.workspace, b"", None, None), C.E_TEXT)


@scripted("name out_account out_put")
def qbg_account_put(w):
    account, put = c_void_p(), c_int32()
    ok(w.qbg_account_put(w.workspace, b"tulip", b"Tulip", account, put))
    same((account.value, put.value), (w.tulip, C.PUT_CHANGED))
    ok(w.qbg_account_put(w.workspace, b"tulip", b"Tulip", account, put))
    same(put.value, C.PUT_SAME)
    ok(w.qbg_account_put(w.workspace, b"daisy", None, None, None))
    same(w.qbg_account_name(w.daisy), "Красная ромашка".encode())
    ok(w.qbg_account_put(w.workspace, b"iris", b"Iris", account, put))
    same(put.value, C.PUT_CREATED)
    same(w.qbg_account_name(account), b"Iris")


answers("qbg_account_find", lambda w: {
    (w.workspace, b"daisy"): w.daisy, (w.workspace, b"iris"): None})
answers("qbg_account_count", lambda w: {(w.workspace,): 2})
answers("qbg_account_at", lambda w: {(w.workspace, 1): w.tulip, (w.workspace, 2): None})
answers("qbg_account_number", lambda w: {(w.tulip,): 1})
answers("qbg_account_key", lambda w: {(w.daisy,): b"daisy"})
answers("qbg_account_name", lambda w: {(w.daisy,): "Красная ромашка".encode(), (w.tulip,): b""})


@scripted("name")
def qbg_account_set_name(w):
    ok(w.qbg_account_set_name(w.daisy, b"Daisy"))
    same(w.qbg_account_name(w.daisy), b"Daisy")
    ok(w.qbg_account_set_name(w.daisy, None))
    same(w.qbg_account_name(w.daisy), b"")


@scripted()
def qbg_account_add_domain(w):
    for i in range(MANY):
        ok(w.qbg_account_add_domain(w.tulip, numbered(b"Tulip.Example", i)))
    ok(w.qbg_account_add_domain(w.tulip, b"tulip.EXAMPLE-00"))
    same(w.qbg_account_domain_count(w.tulip), MANY)
    same(w.qbg_account_domain(w.tulip, MANY - 1), numbered(b"tulip.example", MANY - 1))


answers("qbg_account_domain_count", lambda w: {(w.daisy,): 1, (w.tulip,): 0})
answers("qbg_account_domain", lambda w: {(w.daisy, 0): b"red-daisy.example", (w.daisy, 1): b""})


@scripted()
def qbg_account_set_potential(w):
    ok(w.qbg_account_set_potential(w.tulip, 100, b"EUR"))
    same(w.qbg_account_potential_minor(w.tulip), 100)
    same(w.qbg_account_set_potential(w.tulip, -1, b"EUR"), C.E_RANGE)
    same(w.qbg_account_set_potential(w.tulip, 1, b"euro"), C.E_TEXT)


answers("qbg_account_potential_minor", lambda w: {(w.daisy,): 500000000, (w.tulip,): 0})
answers("qbg_account_currency", lambda w: {(w.daisy,): b"RUB", (w.tulip,): b""})

# ---- assessment.h --------------------------------------------------------------------------------

def decay(age):
    """D of the model for the half-life of 30 days: the largest n with (2n-1)^30 <= 2^(750-age)."""
    low, high = 0, 2**24
    while low < high:
        middle = (low + high + 1) // 2
        if (2 * middle - 1)**30 <= 2**(750 - age):
            low = middle
        else:
            high = middle - 1
    return low


def points_int(*acts):
    """The exact points of acts, each as thousandths and age in days."""
    return sum(milli * decay(age) for milli, age in acts)


def real_points(exact):
    return exact / (1000 * 2**24)


def engagement(exact):
    return real_points(exact) / (real_points(exact) + 20.0)


# The people of the deal as of AS_OF, as the fixture's signals have it.
ELENA = points_int((8000, 28), (1000, 25), (5000, 20))
OLGA = points_int((5000, 9))
SERGEY = points_int((5000, 14), (5000, 7))
GUEST = points_int((1000, 18))


def intent():
    product = 1.0
    factors = [1.0 - engagement(exact) for exact in (ELENA, OLGA, SERGEY)]
    for factor in sorted(factors + [1.0 - 0.5 * engagement(GUEST)]):
        product *= factor
    return 1.0 - product


COVERAGE = 7 / 12  # economic buyer 3, technical evaluator 2, champion 2, of 12
PRIORITY = (100 * intent()) * (0.25 + (1 - 0.25) * COVERAGE)


@scripted()
def qbg_assess(w):
    assessment = c_void_p()
    for opportunity, verdict in ((w.deal, C.VERDICT_MULTI_THREADED), (w.old, C.VERDICT_SILENT)):
        ok(w.qbg_assess(opportunity, AS_OF, assessment))
        same(w.qbg_assessment_verdict(assessment), verdict)
    same(w.qbg_assess(w.deal, -1, assessment), C.E_RANGE)


@scripted()
def qbg_assessment_refill(w):
    assessment = w.remember(w.assessment(w.old), "qbg_assessment")
    ok(w.qbg_assessment_refill(assessment, w.deal, AS_OF))
    same(w.qbg_assessment_opportunity(assessment), b"daisy-hr")
    same(w.qbg_assessment_priority(assessment), PRIORITY)
    same(w.qbg_assessment_member_count(assessment), 3)
    ok(w.qbg_assessment_refill(assessment, w.other, AS_OF))
    same(w.qbg_assessment_member_count(assessment), 0)


@scripted("assessment")
def qbg_assessment_free(w):
    w.qbg_assessment_free(w.assessment())


def assessed(name, *pairs):
    """Getters of the deal's assessment: arguments behind the handle, and the answer."""
    def with_handle(w):
        assessment = w.assessment()
        return {(assessment, *arguments): expected for arguments, expected in pairs}
    answers("qbg_assessment_" + name, with_handle)


assessed("opportunity", ((), b"daisy-hr"))
assessed("account", ((), b"daisy"))
assessed("solution", ((), b"hr"))
assessed("as_of", ((), AS_OF))
assessed("verdict", ((), C.VERDICT_MULTI_THREADED))
assessed("priority", ((), PRIORITY))
assessed("intent", ((), intent()))
assessed("coverage_identified", ((), COVERAGE))
assessed("coverage_engaged", ((), COVERAGE))
assessed("coverage_supportive", ((), 2 / 12))
assessed("completeness", ((), 0.5))
assessed("members_identified", ((), 3))
assessed("members_engaged", ((), 3))
assessed("anonymous_visitors", ((), 1))
assessed("silent_days", ((), 7))
assessed("next_contact", ((), at(2025, 12, 1)))
assessed("seat_count", ((), 6))
assessed("seat_role", ((0,), b"economic_buyer"), ((6,), b""))
assessed("seat_state", ((0,), C.SEAT_ENGAGED), ((1,), C.SEAT_MISSING), ((3,), C.SEAT_SUPPORTIVE))
assessed("seat_filled", ((0,), 1), ((1,), 0), ((6,), 0))
assessed("seat_wanted", ((0,), 1), ((5,), 2), ((6,), 0))
assessed("seat_is_required", ((0,), 1), ((3,), 0), ((6,), 0))
assessed("seat_person_count", ((0,), 1), ((1,), 0), ((6,), 0))
assessed("seat_person", ((0, 0), b"olga"), ((2, 0), b"sergey"), ((2, 1), b""), ((6, 0), b""))
assessed("missing_count", ((), 3))
assessed("missing_role", ((0,), b"decision_maker"), ((2,), b"end_user"), ((3,), b""))
assessed("criterion_count", ((), 12))
assessed("criterion", ((2,), C.CRITERION_REQUIRED_SEATS), ((12,), C.UNSET))
assessed("criterion_mode", ((2,), C.MODE_REQUIRED), ((10,), C.MODE_ADVISORY))
assessed("criterion_passes", ((0,), 1), ((2,), 0), ((12,), 0))
assessed("criterion_holds", ((0,), 1), ((2,), 0), ((12,), 0))
assessed("criterion_has_actual", ((0,), 1), ((7,), 0), ((12,), 0))
assessed("criterion_actual", ((0,), 3.0), ((4,), intent()), ((12,), 0.0))
assessed("criterion_has_threshold", ((0,), 1), ((7,), 0), ((12,), 0))
assessed("criterion_threshold", ((0,), 3.0), ((5,), 45.0), ((12,), 0.0))
assessed("criterion_reason", ((0,), b"passed"), ((8,), b"unknown"), ((12,), b""))
assessed("member_count", ((), 3))
assessed("member_contact", ((0,), b"elena"), ((2,), b"sergey"), ((3,), b""))
assessed("member_name", ((0,), b"Elena"), ((3,), b""))
assessed("member_role_count", ((0,), 1), ((2,), 2), ((3,), 0))
assessed("member_role", ((0, 0), b"champion"), ((2, 1), b"security_officer"), ((2, 2), b""))
assessed("member_is_inferred", ((0,), 0), ((1,), 1), ((3,), 0))
assessed("member_points_int", ((0,), ELENA), ((1,), OLGA), ((2,), SERGEY), ((3,), 0))
assessed("member_points", ((0,), real_points(ELENA)), ((3,), 0.0))
assessed("member_engagement", ((2,), engagement(SERGEY)), ((3,), 0.0))
assessed("member_is_engaged", ((0,), 1), ((3,), 0))
assessed("member_participation", ((0,), C.PARTICIPATION_MODERATE))
assessed("member_interest", ((1,), C.INTEREST_MEDIUM))
assessed("member_stance", ((0,), C.STANCE_CHAMPION), ((1,), C.STANCE_UNKNOWN))
assessed("member_last_signal", ((0,), at(2025, 10, 30)), ((2,), at(2025, 11, 12)))

# ---- blob.h --------------------------------------------------------------------------------------

REVENUE = b"customer,period,amount,currency\ndaisy,2025-10,10000.00,RUB\ntulip,2025-11,5.00,\n"


def revenue_blob(w):
    return w.new(w.qbg_book_write, w.workspace, b"revenue")


@scripted()
def qbg_blob_data(w):
    blob = revenue_blob(w)
    same(w.qbg_blob_data(blob), REVENUE)


@scripted()
def qbg_blob_size(w):
    same(w.qbg_blob_size(revenue_blob(w)), len(REVENUE))


@scripted("blob")
def qbg_blob_free(w):
    w.qbg_blob_free(revenue_blob(w))


# ---- board.h -------------------------------------------------------------------------------------

def text_at(w, table, column, row):
    size = c_int64()
    place = w.qbg_table_column_find(table, column)
    return ctypes.string_at(w.qbg_table_text_at(table, place, row, size), size.value)


def rows_of(w, table, *names):
    """The rows of a table, of these text columns."""
    return [tuple(text_at(w, table, name, row) for name in names)
            for row in range(w.qbg_table_row_count(table))]


@scripted()
def qbg_board(w):
    table = c_void_p()
    for i in range(MANY):  # tables grow with their rows
        w.new(w.qbg_opportunity_add, w.workspace, numbered(b"more", i), w.tulip, w.crm, OPENED)
    ok(w.qbg_board(w.workspace, AS_OF, 0, C.NONE, 1, table))
    same(w.qbg_table_row_count(table), 3 + MANY)
    same(text_at(w, table, b"opportunity", 0), b"daisy-hr")
    same(text_at(w, table, b"missing_roles", 0), b"decision_maker;business_evaluator;end_user")
    same(w.qbg_table_double_at(table, w.qbg_table_column_find(table, b"priority"), 0), PRIORITY)
    ok(w.qbg_board(w.workspace, AS_OF, 1, 1, 0, table))
    same(text_at(w, table, b"opportunity", 0), b"daisy-crm")
    ok(w.qbg_board(w.workspace, AS_OF, 2, 1, 0, table))  # closed
    same(w.qbg_table_row_count(table), 0)


# ---- arrow.h -------------------------------------------------------------------------------------

class Again:
    """A table as a stream that begins again whenever somebody asks for its schema, since a stream
    that was read half by a call without memory cannot be read by the next one."""

    def __init__(self, w, table):
        self.w, self.table = w, table
        self.inner, self.stream = STRUCTS["ArrowArrayStream"](), STRUCTS["ArrowArrayStream"]()
        callbacks = dict(self.stream._fields_)
        self.stream.get_schema = callbacks["get_schema"](self.get_schema)
        self.stream.get_next = callbacks["get_next"](
            lambda stream, out: self.inner.get_next(self.inner, out))
        self.stream.release = callbacks["release"](lambda stream: None)

    def get_schema(self, stream, out):
        self.close()
        if self.w.qbg_arrow_export(self.table, self.inner) != C.OK:
            return errno.ENOMEM
        return self.inner.get_schema(self.inner, out)

    def close(self):
        if self.inner.release:
            self.inner.release(self.inner)


def board_of(w):
    table = c_void_p()
    ok(w.qbg_board(w.workspace, AS_OF, 0, C.NONE, 1, table))
    return table


@scripted()
def qbg_arrow_export(w):
    table, stream = board_of(w), STRUCTS["ArrowArrayStream"]()
    schema, batch = STRUCTS["ArrowSchema"](), STRUCTS["ArrowArray"]()
    ok(w.qbg_arrow_export(table, stream))
    same(stream.get_schema(stream, schema), 0)
    same((schema.format, schema.n_children), (b"+s", 20))
    same(schema.children[0].contents.name, b"opportunity")
    schema.release(schema)
    same(stream.get_next(stream, batch), 0)
    same((batch.length, batch.n_children), (3, 20))
    stream.release(stream)
    batch.release(batch)


@scripted("out_rows out_refusals")
def qbg_arrow_import(w):
    rows, refusals = c_uint64(), c_void_p()
    again = Again(w, board_of(w))  # whose `account` is a key
    try:
        ok(w.qbg_arrow_import(w.workspace, b"accounts", again.stream, rows, refusals))
    finally:
        again.close()
    same(rows.value, 3)
    same(text_at(w, refusals, b"reason", 0), b"unknown column; it is ignored")


# ---- book.h --------------------------------------------------------------------------------------

TABLES = [b"accounts", b"contacts", b"templates", b"solutions", b"visitors", b"opportunities",
          b"members", b"signals", b"history", b"kinds", b"roles", b"needs", b"revenue", b"policy",
          b"tracking"]

answers("qbg_book_table_count", lambda w: {(): len(TABLES)})


@scripted()
def qbg_book_table_name(w):
    found = [w.qbg_book_table_name(i) for i in range(len(TABLES))]
    same(sorted(found), sorted(TABLES))
    same(w.qbg_book_table_name(-1), None)
    same(w.qbg_book_table_name(len(TABLES)), None)


@scripted()
def qbg_book_reader_new(w):
    reader = c_void_p()
    ok(w.qbg_book_reader_new(w.workspace, 1, reader))
    same(w.qbg_book_reader_new(w.workspace, 2, reader), C.E_ARGUMENT)


NEW_ACCOUNTS = b"account,name,planet\niris,\"Iris, the \"\"first\"\"\",Mars\nrose,Rose,\n"


@scripted()
def qbg_book_reader_expect(w):
    reader = w.new(w.qbg_book_reader_new, w.workspace, 0)
    ok(w.qbg_book_reader_expect(reader, b"accounts", len(NEW_ACCOUNTS)))
    ok(w.qbg_book_reader_expect(reader, b"accounts", 0))
    ok(w.qbg_book_reader_feed(reader, b"accounts", NEW_ACCOUNTS[:9], 9))
    ok(w.qbg_book_reader_expect(reader, b"accounts", 3))  # it comes otherwise
    ok(w.qbg_book_reader_feed(reader, b"accounts", NEW_ACCOUNTS[9:], len(NEW_ACCOUNTS) - 9))
    same(w.qbg_book_reader_expect(reader, b"planets", 1), C.E_NOT_FOUND)
    ok(w.qbg_book_reader_step(reader, 0, None))
    same(w.qbg_book_reader_expect(reader, b"accounts", 1), C.E_BUSY)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_account_name(w.qbg_account_find(w.workspace, b"iris")), b'Iris, the "first"')
    same(w.qbg_book_reader_expect(reader, b"accounts", 1), C.E_ARGUMENT)


@scripted()
def qbg_book_reader_feed(w):
    reader = w.new(w.qbg_book_reader_new, w.workspace, 0)
    for i in range(len(NEW_ACCOUNTS)):
        ok(w.qbg_book_reader_feed(reader, b"accounts", NEW_ACCOUNTS[i:i + 1], 1))
    ok(w.qbg_book_reader_feed(reader, b"revenue", b"", 0))
    same(w.qbg_book_reader_feed(reader, b"planets", b"x", 1), C.E_NOT_FOUND)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_account_name(w.qbg_account_find(w.workspace, b"iris")), b'Iris, the "first"')
    same(w.qbg_book_reader_feed(reader, b"accounts", b"x", 1), C.E_ARGUMENT)


# One row for each table at least, good ones and bad ones, and rows that route signals anew.
NEW_BOOK = {
    "accounts": NEW_ACCOUNTS,
    "kinds": b"kind,category,points,high_intent\nwalk_in,named,7.5,1\nwalk_out,martian,1,0\n",
    "roles": b"role,name\npilot,Pilot\n",
    "templates": b"template,role,weight,people,required,departments,min_seniority\n"
                 b"tiny,pilot,2,1,1,it;security,manager\ntiny,champion,1,2,0,,\n",
    "contacts": b"contact,account,name,title,email,department,seniority\n"
                b"lead,iris,,CTO,lead@iris.example,,\npetra,iris,Petra,,,it,director\n"
                b"elena,,,Head of HR,,,\nlost,nowhere,,,,,\n",
    "solutions": b"solution,name,template,content\ntool,Tool,tiny,tool/;blog\n",
    "opportunities": b"opportunity,account,solution,name,type,stage,amount,currency,opened,closed,"
                     b"outcome,need,budget,authority,timeline,fit\n"
                     b"iris-tool,iris,tool,First,upsell,scoping,12.50,EUR,2025-10-01,,,yes,no,,,"
                     b"0.5\n"
                     b"tulip-new,tulip,hr,,,,,,2025-10-01,2025-12-01,won,,,,,\n",
    "visitors": b"visitor,contact\nv-guest,sergey\nv-nobody,petra\n",
    "members": b"opportunity,contact,role,status,stance,influence,participation,interest,joined,"
               b"left,next_contact,note,source\n"
               b"iris-tool,lead,champion;pilot,confirmed,supporter,0.25,active,high,2025-10-02,"
               b"2026-01-01,2025-12-05,\"Note\nwith a line\",host\n"
               b"iris-tool,petra,decision_maker,,,,,,,,,,rule\n"
               b"nowhere,petra,,,,,,,,,,,\n",
    "signals": b"time,kind,account,contact,visitor,solution,opportunity,content,event\n"
               b"2025-11-07,walk_in,,petra,,,,tool/x,e1\n2025-11-07,walk_in,,petra,,,,tool/x,e1\n"
               b"2025-11-08,walk_in,,petra,,,,tool/y,e1\n2025-11-09,call,iris,,v-new,,,,\n"
               b"2025-11-10,page_view,,,v-nobody,tool,,,\n2025-13-10,page_view,,petra,,,,,\n",
    "history": b"opportunity,contact,source,field,value,from\n"
               b"iris-tool,petra,host,role,champion;pilot,2025-11-01\n"
               b"iris-tool,,rule,stage,demo,2025-11-02\niris-tool,,host,amount,99.99,2025-11-03\n"
               b",sergey,host,account,rose,2025-11-10\n",
    "needs": b"opportunity,contact,need,state,date\niris-tool,petra,speed,open,\n"
             b"iris-tool,petra,speed,addressed,2025-11-05\n",
    "revenue": b"customer,period,amount,currency\ndaisy,2025-10,1.25,RUB\niris,2025-09,3,EUR\n",
    "policy": b"parameter,value\nhalf_life_days,10\npoints.call,11\nmode.fit,off\nmin_intent,7\n",
    "tracking": "Компания,Участник группы,Роль в процессе,Статус участия,Интерес к продукту,"
                "Последнее взаимодействие,Дата следующего контакта,Примечания\n"
                "Компания А,Иван Петров,Технический специалист,Активный,Высокий,2025-11-15,"
                "2025-11-22,Вопросы\n".encode(),
}


def files(book):
    return {path.stem: path.read_bytes() for path in sorted((BOOKS / book).glob("*.csv"))}


def refusals(w, reader):
    """What was refused, as (table, column, value)."""
    table = w.new(w.qbg_book_reader_refusals, reader)
    refused = w.qbg_table_column_find(table, b"refused")
    return [row for i, row in enumerate(rows_of(w, table, b"table", b"column", b"value"))
            if w.qbg_table_int64_at(table, refused, i) == 1]


REFUSED = [
    (b"contacts", b"account", b"nowhere"), (b"members", b"opportunity", b"nowhere"),
    (b"signals", b"event", b"e1"), (b"signals", b"time", b"2025-13-10"),
    (b"kinds", b"category", b"martian"), (b"policy", b"value", b"7")]


@scripted()
def qbg_book_reader_finish(w):
    reader = w.reader(w.workspace, 0, **NEW_BOOK)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_book_reader_finish(reader), C.E_ARGUMENT)
    same(refusals(w, reader), REFUSED)
    same(w.qbg_signal_count(w.workspace), 17)  # thirteen, three of the table, one of tracking
    deal = w.qbg_opportunity_find(w.workspace, b"iris-tool")
    same(w.qbg_opportunity_amount_minor(deal, AS_OF), 9999)
    same(w.qbg_opportunity_signal_count(deal), 4)  # tool/x, the two by v-nobody, who is Petra, blog
    same(w.qbg_need_state(deal, 0, AS_OF), C.NEED_ADDRESSED)
    empty = w.empty()
    reader = w.reader(empty, 1, accounts=NEW_ACCOUNTS, visitors=b"visitor\nx\n")
    same(w.qbg_book_reader_finish(reader), C.E_REFUSED)
    same(w.qbg_account_count(empty), 0)
    for book in ("red-daisy", "tracking-table"):
        ok(w.qbg_book_reader_finish(w.reader(empty, 1, **files(book))))


@scripted("out_left")
def qbg_book_reader_step(w):
    reader = w.remember(w.reader(w.workspace, 0, **NEW_BOOK), "qbg_book_reader")
    left = c_uint64()
    total = w.qbg_book_reader_rows(reader)
    for rows in [0, 1] + [5] * (total // 5 + 1):
        ok(w.qbg_book_reader_step(reader, rows, left))
        same(w.qbg_book_reader_done(reader), total - left.value)
        same(w.qbg_book_write(w.workspace, b"accounts", c_void_p()), C.E_BUSY)
        same(w.qbg_board(w.workspace, AS_OF, 0, C.NONE, 1, c_void_p()), C.E_BUSY)
        same(w.qbg_assess(w.deal, AS_OF, c_void_p()), C.E_BUSY)
        same(w.qbg_book_reader_feed(reader, b"accounts", b"x", 1), C.E_BUSY)
    same(left.value, 0)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_book_reader_step(reader, 1, left), C.E_ARGUMENT)
    same(refusals(w, reader), REFUSED)
    same(w.qbg_signal_count(w.workspace), 17)
    first, second = (w.reader(w.empty(), 0, **files("red-daisy")) for _ in range(2))
    ok(w.qbg_book_reader_step(first, 30, left))
    w.qbg_book_reader_free(first)  # and nothing happened
    same(w.qbg_account_count(w.workspaces[-2]), 0)
    third = w.reader(w.workspaces[-1], 0, accounts=NEW_ACCOUNTS)
    ok(w.qbg_book_reader_step(third, 1, left))
    same(w.qbg_book_reader_step(second, 1, left), C.E_BUSY)


@scripted()
def qbg_book_reader_rows(w):
    reader = w.reader(w.workspace, 0, **NEW_BOOK)
    same(w.qbg_book_reader_rows(reader), 49)  # of them 3 members, twice, and 1 of tracking, thrice
    ok(w.qbg_book_reader_feed(reader, b"accounts", b"lily,,\n", 7))
    same(w.qbg_book_reader_rows(reader), 51)
    ok(w.qbg_book_reader_step(reader, 7, None))
    same(w.qbg_book_reader_rows(reader), 51)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_book_reader_rows(reader), 51)


@scripted()
def qbg_book_reader_done(w):
    reader = w.reader(w.workspace, 0, **NEW_BOOK)
    same(w.qbg_book_reader_done(reader), 0)
    ok(w.qbg_book_reader_step(reader, 7, None))
    same(w.qbg_book_reader_done(reader), 7)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_book_reader_done(reader), w.qbg_book_reader_rows(reader))


@scripted()
def qbg_book_reader_refusals(w):
    reader, table = w.reader(w.workspace, 0, **NEW_BOOK), c_void_p()
    ok(w.qbg_book_reader_finish(reader))
    ok(w.qbg_book_reader_refusals(reader, table))
    same(rows_of(w, table, b"table", b"column")[0], (b"accounts", b"planet"))
    same(refusals(w, reader), REFUSED)


@scripted("reader")
def qbg_book_reader_free(w):
    before = w.state()
    w.qbg_book_reader_free(w.reader(w.workspace, 0, **NEW_BOOK))
    same(w.state(), before)


@scripted()
def qbg_book_write(w):
    blob = c_void_p()
    for name in TABLES[:-1]:
        ok(w.qbg_book_write(w.workspace, name, blob))
        if name == b"revenue":
            same(w.qbg_blob_data(blob), REVENUE)
    same(w.qbg_book_write(w.workspace, b"planets", blob), C.E_NOT_FOUND)


# ---- catalog.h -----------------------------------------------------------------------------------

@scripted("out_kind")
def qbg_kind_add(w):
    for i in range(MANY):
        kind = c_void_p()
        ok(w.qbg_kind_add(w.workspace, numbered(b"fair", i), C.CATEGORY_NAMED, 2500, 1, kind))
        same(w.qbg_kind_points_milli(kind), 2500)
    same(w.qbg_policy_find(w.policy, b"points.fair-00") >= 0, True)
    same(w.qbg_kind_add(w.workspace, b"call", C.CATEGORY_NAMED, 0, 0, None), C.E_EXISTS)
    same(w.qbg_kind_add(w.workspace, b"far", C.CATEGORY_NAMED, 1000001, 0, None), C.E_RANGE)


@scripted("out_kind out_put")
def qbg_kind_put(w):
    kind, put = c_void_p(), c_int32()
    ok(w.qbg_kind_put(w.workspace, b"call", C.CATEGORY_THIRD_PARTY, 1, 1, kind, put))
    same((w.qbg_kind_category(kind), put.value), (C.CATEGORY_THIRD_PARTY, C.PUT_CHANGED))
    ok(w.qbg_kind_put(w.workspace, b"fair", C.CATEGORY_NAMED, 2, 0, None, None))
    same(w.qbg_kind_count(w.workspace), 33)


answers("qbg_kind_find", lambda w: {
    (w.workspace, b"showroom"): w.showroom, (w.workspace, b"fair"): None})
answers("qbg_kind_count", lambda w: {(w.workspace,): 32})
answers("qbg_kind_at", lambda w: {(w.workspace, 31): w.tip, (w.workspace, 32): None})
answers("qbg_kind_number", lambda w: {(w.tip,): 31})
answers("qbg_kind_key", lambda w: {(w.tip,): b"tip"})
answers("qbg_kind_label", lambda w: {
    (w.tip, b"ru"): b"tip", (w.qbg_kind_find(w.workspace, b"call"), b"ru"): "звонок".encode()},
    "lang")
answers("qbg_kind_category", lambda w: {(w.tip,): C.CATEGORY_THIRD_PARTY})
answers("qbg_kind_points_milli", lambda w: {(w.showroom,): 12000})
answers("qbg_kind_is_high_intent", lambda w: {(w.showroom,): 1, (w.tip,): 0})


@scripted("name out_role")
def qbg_role_add(w):
    for i in range(MANY):
        role = c_void_p()
        ok(w.qbg_role_add(w.workspace, numbered(b"pilot", i), b"Pilot", role))
        same(w.qbg_role_label(role, b"en"), b"Pilot")
    same(w.qbg_role_add(w.workspace, b"a;b", None, None), C.E_TEXT)
    same(w.qbg_role_add(w.workspace, b"champion", None, None), C.E_EXISTS)


@scripted("name out_role out_put")
def qbg_role_put(w):
    role, put = c_void_p(), c_int32()
    ok(w.qbg_role_put(w.workspace, b"champion", b"Our man", role, put))
    same((role.value, put.value), (w.champion, C.PUT_CHANGED))
    same(w.qbg_role_label(role, b"en"), b"Our man")
    ok(w.qbg_role_put(w.workspace, b"pilot", None, None, None))
    same(w.qbg_role_count(w.workspace), 17)


answers("qbg_role_find", lambda w: {
    (w.workspace, b"security_officer"): w.security, (w.workspace, b"pilot"): None})
answers("qbg_role_count", lambda w: {(w.workspace,): 16})
answers("qbg_role_at", lambda w: {(w.workspace, 15): w.security, (w.workspace, 16): None})
answers("qbg_role_number", lambda w: {(w.security,): 15})
answers("qbg_role_key", lambda w: {(w.champion,): b"champion"})
answers("qbg_role_label", lambda w: {
    (w.champion, b"en"): b"champion", (w.champion, b"ru"): "чемпион".encode(),
    (w.security, b"ru"): b"Security officer"}, "lang")


@scripted("name template_ out_solution")
def qbg_solution_add(w):
    for i in range(MANY):
        solution = c_void_p()
        ok(w.qbg_solution_add(w.workspace, numbered(b"tool", i), b"Tool", w.small, solution))
        same(w.qbg_solution_template(solution), w.small)
    same(w.qbg_solution_add(w.workspace, b"hr", None, None, None), C.E_EXISTS)


@scripted("name template_ out_solution out_put")
def qbg_solution_put(w):
    solution, put = c_void_p(), c_int32()
    ok(w.qbg_solution_put(w.workspace, b"hr", b"People", w.small, solution, put))
    same((solution.value, put.value), (w.hr, C.PUT_CHANGED))
    same(w.qbg_solution_name(w.hr), b"People")
    ok(w.qbg_solution_put(w.workspace, b"tool", None, None, solution, None))
    same(w.qbg_solution_template(solution), w.standard)


answers("qbg_solution_find", lambda w: {
    (w.workspace, b"crm"): w.crm, (w.workspace, b"erp"): None})
answers("qbg_solution_count", lambda w: {(w.workspace,): 2})
answers("qbg_solution_at", lambda w: {(w.workspace, 1): w.crm, (w.workspace, 2): None})
answers("qbg_solution_number", lambda w: {(w.crm,): 1})
answers("qbg_solution_key", lambda w: {(w.crm,): b"crm"})
answers("qbg_solution_name", lambda w: {(w.crm,): b"CRM"})
answers("qbg_solution_template", lambda w: {(w.crm,): w.small, (w.hr,): w.standard})


@scripted()
def qbg_solution_add_content(w):
    w.saw_many(MANY, account=w.daisy, content=b"guide/crm")
    same(w.qbg_opportunity_signal_count(w.other), 1)
    ok(w.qbg_solution_add_content(w.crm, b"guide/"))
    same(w.qbg_opportunity_signal_count(w.other), 1 + MANY)
    ok(w.qbg_solution_add_content(w.hr, b"guide/crm"))  # longer
    same(w.qbg_opportunity_signal_count(w.other), 1)
    for i in range(MANY):
        ok(w.qbg_solution_add_content(w.crm, numbered(b"page", i)))
    same(w.qbg_solution_add_content(w.crm, b""), C.E_TEXT)


answers("qbg_solution_content_count", lambda w: {(w.hr,): 1})
answers("qbg_solution_content", lambda w: {(w.hr, 0): b"hr/", (w.hr, 1): b""})

# ---- civil.h -------------------------------------------------------------------------------------

@scripted()
def qbg_time_from_text(w):
    time_s = c_int64()
    ok(w.qbg_time_from_text(b"2025-11-19", 1, time_s))
    same(time_s.value, AS_OF)
    ok(w.qbg_time_from_text(b"2025-11-19 12:30+0300", 0, time_s))
    same(time_s.value, at(2025, 11, 19, 9, 30))
    same(w.qbg_time_from_text(b"yesterday", 0, time_s), C.E_FORMAT)
    same(w.qbg_time_from_text(b"1969-12-31", 0, time_s), C.E_RANGE)


@scripted()
def qbg_time_from_civil(w):
    time_s = c_int64()
    ok(w.qbg_time_from_civil(2024, 2, 29, 1, 2, 3, time_s))
    same(time_s.value, at(2024, 2, 29, 1, 2, 3))
    same(w.qbg_time_from_civil(2025, 2, 29, 0, 0, 0, time_s), C.E_RANGE)


@scripted()
def qbg_currency_places(w):
    places = c_int32()
    ok(w.qbg_currency_places(b"KWD", places))
    same(places.value, 3)
    same(w.qbg_currency_places(b"kwd", places), C.E_TEXT)


@scripted("out_year out_month out_day out_hour out_minute out_second")
def qbg_time_to_civil(w):
    parts = [c_int32() for _ in range(6)]
    ok(w.qbg_time_to_civil(AS_OF, *parts))
    same([part.value for part in parts], [2025, 11, 19, 23, 59, 59])
    same(w.qbg_time_to_civil(-1, *parts), C.E_RANGE)


# ---- columns.h -----------------------------------------------------------------------------------

def struct_of(entity, count, **columns):
    """Columns of an entity from lists of cells; a text is told by its field's type."""
    struct = STRUCTS[f"qbg_{entity}_columns"]
    fields, filled = dict(struct._fields_), {}
    for name, cells in columns.items():
        if fields[name] is ctypes.c_char_p:
            filled[name], filled[name + "_offsets"] = text_column(cells)
        else:
            filled[name] = (fields[name]._type_ * count)(*cells)
    return struct(size=ctypes.sizeof(struct), count=count, **filled)


def every(rows, i, cell, other):
    """A cell for the row with that number, another one for all other rows."""
    return [cell if row == i else other for row in range(rows)]


def put(call, w, columns, count, *more):
    """Puts columns twice: what was done to each row, the numbers, and how many were refused."""
    done, refused = (c_int32 * count)(), c_uint64()
    ok(call(w.workspace, columns, (c_int32 * count)(), done, *more, refused))
    first = list(done)
    revision = w.qbg_workspace_revision(w.workspace)
    ok(call(w.workspace, columns, None, done, *more, refused))
    same(set(done) - {C.UNSET}, {C.PUT_SAME})  # the second night nothing has changed
    same(w.qbg_workspace_revision(w.workspace), revision)
    return first, refused.value


@scripted("row_status row_put row_number out_refused")
def qbg_account_put_columns(w):
    keys = [numbered(b"iris", i) for i in range(MANY)] + [b"daisy", b""]
    count, numbers = len(keys), (c_uint32 * len(keys))()
    columns = struct_of(
        "account", count, key=keys, name=every(count, MANY, b"", b"Iris"),
        domain=[key + b".example" for key in keys], tag=range(count),
        potential_minor=every(count, MANY, C.UNDATED, 500), currency=[b"EUR"] * count)
    done, refused = put(w.qbg_account_put_columns, w, columns, count, numbers)
    same(done, [C.PUT_CREATED] * MANY + [C.PUT_CHANGED, C.UNSET])
    same((refused, list(numbers)), (1, [*range(2, 2 + MANY), 0, C.NONE]))
    same((w.qbg_account_name(w.daisy), w.qbg_account_currency(w.daisy)), (b"", b""))
    same(w.qbg_account_potential_minor(w.qbg_account_find(w.workspace, b"iris-03")), 500)
    ok(w.qbg_account_put_columns(w.workspace, struct_of("account", 0), None, None, None, None))
    same(w.qbg_account_put_columns(
        w.workspace, struct_of("account", 1), None, None, None, None), C.E_ARGUMENT)


@scripted("row_status row_put row_number out_refused")
def qbg_contact_put_columns(w):
    keys = [numbered(b"petra", i) for i in range(MANY)] + [b"elena", b"nobody"]
    count, numbers = len(keys), (c_uint32 * len(keys))()
    columns = struct_of(
        "contact", count, key=keys, account=every(count, count - 1, 99, 0), name=keys,
        title=every(count, MANY, b"CFO", b""), email=every(count, MANY, b"", b"p@x"),
        department=every(count, 0, C.DEPARTMENT_IT, C.UNSET), seniority=[C.UNSET] * count,
        tag=range(count))
    done, refused = put(w.qbg_contact_put_columns, w, columns, count, numbers)
    same(done, [C.PUT_CREATED] * MANY + [C.PUT_CHANGED, C.UNSET])
    same((refused, list(numbers)), (1, [*range(5, 5 + MANY), 0, C.NONE]))
    same((w.qbg_contact_name(w.elena), w.qbg_contact_email(w.elena)), (b"elena", b""))
    same(w.qbg_contact_department(w.elena), C.DEPARTMENT_FINANCE)
    same(w.qbg_contact_find(w.workspace, b"nobody"), None)


@scripted("row_status row_put row_number out_refused")
def qbg_opportunity_put_columns(w):
    keys = [numbered(b"iris", i) for i in range(MANY)] + [b"daisy-hr", b"nothing"]
    count, numbers = len(keys), (c_uint32 * len(keys))()
    columns = struct_of(
        "opportunity", count, key=keys, account=[1] * count,
        solution=every(count, count - 1, C.NONE, 1), name=keys, stage=every(count, 0, b"", b"demo"),
        type=[C.OPPORTUNITY_UPSELL] * count, opened_s=[OPENED] * count,
        closed_s=every(count, 0, C.UNDATED, AS_OF), amount_minor=every(count, 0, C.UNDATED, 7),
        currency=[b"JPY"] * count, outcome=[C.UNSET] * count, need_validated=[1] * count,
        budget=[C.UNSET] * count, authority=[0] * count, timeline=[1] * count,
        fit=every(count, 0, -1, 0.5), tag=range(count))
    done, refused = put(w.qbg_opportunity_put_columns, w, columns, count, numbers)
    same(done, [C.PUT_CREATED] * MANY + [C.PUT_CHANGED, C.UNSET])
    same((refused, list(numbers)), (1, [*range(3, 3 + MANY), 0, C.NONE]))
    same(w.qbg_opportunity_account(w.deal), w.tulip)
    same(w.qbg_opportunity_currency(w.deal), b"JPY")
    same(w.qbg_opportunity_amount_minor(w.deal, AS_OF), 7)
    same(w.qbg_opportunity_stage(w.deal, OPENED), b"demo")


@scripted("row_status row_put out_refused")
def qbg_member_put_columns(w):
    deals, contacts = [0, 0, 0, 1, 2, 0, 9], [0, 3, 0, 0, 4, 4, 0]
    count = len(deals)
    columns = struct_of(
        "member", count, opportunity=deals, contact=contacts, role=[0, 1, 2, C.NONE, 3, 4, 5],
        status=[C.STATUS_CONFIRMED] * count, stance=[C.STANCE_NEUTRAL] * count,
        influence=[0.25] * count, participation=[C.UNSET] * count, interest=[0] * count,
        joined_s=[OPENED] * count, left_s=[C.UNDATED] * count, next_contact_s=[AS_OF] * count,
        note=[b"call"] * count, tag=range(count))
    columns.tag[2] = 0  # of one pair the last row counts, so both must say the same
    done, refused = put(w.qbg_member_put_columns, w, columns, count)
    same((done, refused), ([C.PUT_CHANGED, C.PUT_CREATED, C.PUT_SAME] + [C.PUT_CREATED] * 3
                           + [C.UNSET], 1))
    has = [w.qbg_member_has_role(w.member, w.qbg_role_at(w.workspace, i), AS_OF) for i in range(4)]
    same(has, [1, 0, 1, 0])  # of both rows of the pair, and the champion is in neither
    same(w.qbg_member_note(w.member), b"call")


@scripted()
def qbg_numbers(w):
    keys, offsets = text_column([b"tulip", b"", b"rose", b"daisy"])
    numbers = (c_uint32 * 4)()
    ok(w.qbg_numbers(w.workspace, C.ENTITY_ACCOUNT, keys, offsets, 4, numbers))
    same(list(numbers), [1, C.NONE, C.NONE, 0])
    keys, offsets = text_column([b"champion"])
    ok(w.qbg_numbers(w.workspace, C.ENTITY_ROLE, keys, offsets, 1, numbers))
    same(numbers[0], w.qbg_role_number(w.champion))
    same(w.qbg_numbers(w.workspace, 99, keys, offsets, 1, numbers), C.E_ARGUMENT)


# ---- contact.h -----------------------------------------------------------------------------------

@scripted("account name title out_contact")
def qbg_contact_add(w):
    for i in range(MANY):
        contact = c_void_p()
        key = numbered(b"petra", i)
        ok(w.qbg_contact_add(w.workspace, key, w.tulip, b"Petra", b"CTO", contact))
        same(w.qbg_contact_account(contact, AS_OF), w.tulip)
    same(w.qbg_contact_add(w.workspace, b"elena", None, None, None, None), C.E_EXISTS)
    same(w.qbg_contact_add(w.workspace, b"x", None, b"\xff", None, None), C.E_TEXT)


@scripted("account name title out_contact out_put")
def qbg_contact_put(w):
    contact, put = c_void_p(), c_int32()
    w.saw_many(MANY)
    for i in range(MANY):
        ok(w.qbg_contact_add_visitor(w.lead, b"many-%d" % i))
    ok(w.qbg_contact_put(w.workspace, b"lead", w.tulip, b"Leo", b"CFO", contact, put))
    same((contact.value, put.value), (w.lead, C.PUT_CHANGED))
    same(w.qbg_account_signal_count(w.tulip), 2 + MANY)  # his own, too
    ok(w.qbg_contact_put(w.workspace, b"elena", None, None, None, None, None))
    same(w.qbg_contact_title(w.elena), b"HR manager")
    ok(w.qbg_contact_put(w.workspace, b"petra", None, b"Petra", None, contact, put))
    same(w.qbg_contact_name(contact), b"Petra")


answers("qbg_contact_find", lambda w: {
    (w.workspace, b"elena"): w.elena, (w.workspace, b"petra"): None})
answers("qbg_contact_count", lambda w: {(w.workspace,): 5})
answers("qbg_contact_at", lambda w: {(w.workspace, 4): w.lead, (w.workspace, 5): None})
answers("qbg_contact_number", lambda w: {(w.lead,): 4})
answers("qbg_contact_key", lambda w: {(w.lead,): b"lead"})
answers("qbg_contact_name", lambda w: {(w.lead,): b"Lead", (w.ivan,): b""})
answers("qbg_contact_title", lambda w: {(w.olga,): b"CFO", (w.lead,): b""})
answers("qbg_contact_email", lambda w: {(w.elena,): b"elena@red-daisy.example", (w.olga,): b""})


@scripted("name")
def qbg_contact_set_name(w):
    ok(w.qbg_contact_set_name(w.elena, b"Helen"))
    same(w.qbg_contact_name(w.elena), b"Helen")
    ok(w.qbg_contact_set_name(w.elena, None))
    same(w.qbg_contact_name(w.elena), b"")


@scripted("title")
def qbg_contact_set_title(w):
    ok(w.qbg_contact_set_title(w.elena, b"CFO"))
    same(w.qbg_contact_department(w.elena), C.DEPARTMENT_FINANCE)
    ok(w.qbg_contact_set_title(w.elena, None))
    same(w.qbg_contact_department(w.elena), C.UNSET)


answers("qbg_contact_company", lambda w: {(w.elena,): b""})


@scripted("company")
def qbg_contact_set_company(w):
    ok(w.qbg_contact_set_company(w.elena, b"Red Daisy"))
    same(w.qbg_contact_company(w.elena), b"Red Daisy")
    ok(w.qbg_contact_set_company(w.elena, None))
    same(w.qbg_contact_company(w.elena), b"")


@scripted("email")
def qbg_contact_set_email(w):
    ok(w.qbg_contact_set_email(w.elena, b"e@x"))
    same(w.qbg_contact_email(w.elena), b"e@x")
    ok(w.qbg_contact_set_email(w.elena, None))
    same(w.qbg_contact_email(w.elena), b"")


@scripted("account")
def qbg_contact_set_account(w):
    host = C.SOURCE_HOST
    ok(w.qbg_contact_set_account(w.lead, w.tulip, C.UNDATED, host))
    same(w.qbg_account_signal_count(w.tulip), 2)
    for i in range(MANY):
        ok(w.qbg_contact_set_account(w.lead, w.daisy, OPENED + i * DAY, host))
    same(w.qbg_account_signal_count(w.daisy), 2)
    ok(w.qbg_contact_set_account(w.lead, None, at(2025, 11, 1), host))
    same(w.qbg_contact_account(w.lead, AS_OF), None)
    same(w.qbg_workspace_signal_count(w.workspace), 2)
    same(w.qbg_contact_set_account(w.lead, w.daisy, -1, host), C.E_RANGE)


answers("qbg_contact_account", lambda w: {
    (w.olga, AS_OF): w.daisy, (w.olga, at(2026, 1, 1)): w.tulip, (w.lead, AS_OF): None})


@scripted()
def qbg_contact_add_visitor(w):
    w.saw_many(MANY, account=w.daisy)
    ok(w.qbg_contact_add_visitor(w.sergey, b"v-guest"))
    same(w.qbg_opportunity_signal_count(w.deal), 8)
    for i in range(MANY):
        ok(w.qbg_contact_add_visitor(w.sergey, b"many-%d" % i))
    same(w.qbg_opportunity_signal_count(w.deal), 8 + MANY)
    ok(w.qbg_contact_add_visitor(w.sergey, b"never-seen"))
    same(w.qbg_contact_add_visitor(w.olga, b"v-guest"), C.E_EXISTS)


answers("qbg_contact_visitor_count", lambda w: {(w.elena,): 1, (w.olga,): 0})
answers("qbg_contact_visitor", lambda w: {(w.elena, 0): b"v-elena", (w.elena, 1): b""})


@scripted()
def qbg_contact_set_persona(w):
    ok(w.qbg_contact_set_persona(w.elena, C.DEPARTMENT_LEGAL, C.UNSET))
    same(w.qbg_contact_department(w.elena), C.DEPARTMENT_LEGAL)
    same(w.qbg_contact_seniority(w.elena), C.SENIORITY_MANAGER)
    same(w.qbg_contact_set_persona(w.elena, 99, C.UNSET), C.E_ARGUMENT)


answers("qbg_contact_department", lambda w: {
    (w.elena,): C.DEPARTMENT_HR, (w.ivan,): C.DEPARTMENT_SECURITY, (w.lead,): C.UNSET})
answers("qbg_contact_seniority", lambda w: {
    (w.sergey,): C.SENIORITY_DIRECTOR, (w.ivan,): C.SENIORITY_MANAGER, (w.lead,): C.UNSET})
answers("qbg_contact_persona_confidence", lambda w: {(w.ivan,): 1.0, (w.lead,): 0.0})

# ---- detection.h ---------------------------------------------------------------------------------

@scripted("baseline")
def qbg_detect(w):
    table = c_void_p()
    ok(w.qbg_detect(w.workspace, AS_OF, None, table))
    same(rows_of(w, table, b"account", b"solution", b"who", b"roles", b"missing_roles",
                 b"opportunity"),
         [(b"daisy", b"hr", b"elena;olga;sergey",
           b"champion;economic_buyer;technical_evaluator+security_officer",
           b"decision_maker;business_evaluator;end_user", b"daisy-hr")])
    ok(w.qbg_policy_set_text(w.policy, b"formation_people", b"1"))
    ok(w.qbg_policy_set_text(w.policy, b"formation_false_alarms", b"1000"))
    w.saw_many(MANY, account=w.tulip, solution=w.crm)
    ok(w.qbg_detect(w.workspace, AS_OF, baseline_of(w), table))
    same(sorted(rows_of(w, table, b"account", b"solution", b"categories")),
         [(b"daisy", b"hr", b"named;anonymous"), (b"tulip", b"crm", b"anonymous")])
    same(w.qbg_detect(w.workspace, -1, None, table), C.E_RANGE)


# ---- duplicate.h ---------------------------------------------------------------------------------

@scripted()
def qbg_duplicates(w):
    table = c_void_p()
    ok(w.qbg_duplicates(w.workspace, table))
    same(w.qbg_table_row_count(table), 0)
    for i in range(MANY):
        contact = w.new(
            w.qbg_contact_add, w.workspace, numbered(b"twin", i), w.tulip, b"Elena Falk", None)
        ok(w.qbg_contact_set_email(contact, b" Elena@Red-Daisy.example"))
    ok(w.qbg_account_add_domain(w.tulip, b"red-daisy.example"))
    ok(w.qbg_duplicates(w.workspace, table))
    rows = rows_of(w, table, b"entity", b"first", b"second", b"reason")
    same(rows[0], (b"account", b"daisy", b"tulip", b"domain"))
    same(rows[1], (b"contact", b"elena", b"twin-00", b"email"))
    same(rows[-1], (b"contact", b"twin-00", b"twin-11", b"name"))
    same(len(rows), 1 + MANY + MANY - 1)
    same(w.qbg_table_double_at(table, w.qbg_table_column_find(table, b"confidence"), 0), 0.7)


# ---- company.h -----------------------------------------------------------------------------------

def blob_of(w, blob):
    data = w.qbg_blob_data(blob)
    w.qbg_blob_free(blob)
    return data


@scripted("allocator")
def qbg_company_base(w):
    blob = c_void_p()
    ok(w.qbg_company_base(w.allocator.struct, "ООО «Красная ромашка»".encode(), blob))
    same(blob_of(w, blob), "Красная ромашка".encode())
    ok(w.qbg_company_base(None, b"Blue Whale, Ltd.", blob))
    same(blob_of(w, blob), b"Blue Whale")
    same(w.qbg_company_base(w.allocator.struct, b"\xff", blob), C.E_TEXT)


@scripted("allocator")
def qbg_company_is_same(w):
    is_same = c_int32(-1)
    ok(w.qbg_company_is_same(w.allocator.struct, "ООО «Красная ромашка»".encode(),
                             b"Krasnaya Romashka, LLC", is_same))
    same(is_same.value, 1)
    ok(w.qbg_company_is_same(None, b"Alfa Bank", b"Alpha Bank", is_same))
    same(is_same.value, 0)
    same(w.qbg_company_is_same(w.allocator.struct, b"Acme", b"\xff", is_same), C.E_TEXT)


# ---- domain.h ------------------------------------------------------------------------------------

@scripted("allocator out_domain out_is_free")
def qbg_domain_read(w):
    blob, is_free = c_void_p(), c_int32(-1)
    ok(w.qbg_domain_read(w.allocator.struct, b"Ann <Ann@mail.Acme.co.uk>", blob, is_free))
    same((blob_of(w, blob), is_free.value), (b"acme.co.uk", 0))
    ok(w.qbg_domain_read(None, b"ann@yahoo.fr", None, is_free))
    same(is_free.value, 1)
    same(w.qbg_domain_read(w.allocator.struct, b"co.uk", blob, None), C.E_FORMAT)
    same(w.qbg_domain_read(w.allocator.struct, b"\xff", blob, None), C.E_TEXT)


# ---- match.h -------------------------------------------------------------------------------------

@scripted("key email company out_account out_candidates")
def qbg_match_account(w):
    account, table = c_void_p(), c_void_p()
    ok(w.qbg_account_add_domain(w.daisy, b"red-daisy.example"))
    ok(w.qbg_match_account(w.workspace, None, b"ann@mail.red-daisy.example", None, account, table))
    same(account.value, w.daisy)
    same(rows_of(w, table, b"account", b"outcome", b"reason"), [(b"daisy", b"match", b"domain")])
    w.qbg_table_free(table)
    ok(w.qbg_match_account(w.workspace, None, None, b"Krasnaya Romashka LLC", account, None))
    same(account.value, w.daisy)
    ok(w.qbg_match_account(w.workspace, b"tulip", None, None, account, None))
    same(account.value, w.tulip)
    ok(w.qbg_match_account(w.workspace, None, b"ann@gmail.com", None, account, None))
    same(account.value, None)
    same(w.qbg_match_account(w.workspace, b"nobody", None, None, account, None), C.E_NOT_FOUND)
    same(w.qbg_match_account(w.workspace, None, b"\xff", None, account, None), C.E_TEXT)


@scripted()
def qbg_matches(w):
    table = c_void_p()
    for i in range(MANY):
        contact = w.new(w.qbg_contact_add, w.workspace, numbered(b"new", i), None, None, None)
        ok(w.qbg_contact_set_company(contact, "ООО «Красная ромашка»".encode()))
    ok(w.qbg_matches(w.workspace, table))
    rows = rows_of(w, table, b"contact", b"account", b"outcome", b"reason")
    same(rows[0], (b"new-00", b"daisy", b"match", b"name"))
    same(len(rows), MANY)


# ---- engagement.h --------------------------------------------------------------------------------

@scripted()
def qbg_ledger(w):
    table = c_void_p()
    for i in range(MANY):
        w.saw(b"email_open", at(2025, 11, 12) + i, contact=w.elena)
    ok(w.qbg_ledger(w.deal, w.elena, AS_OF, table))
    same(w.qbg_table_row_count(table), 3 + MANY)
    same(text_at(w, table, b"event", 2), b"e1")
    column = w.qbg_table_column_find(table, b"contribution")
    total = sum(w.qbg_table_int64_column(table, column)[i] for i in range(3 + MANY))
    same(total, ELENA + MANY * points_int((500, 7)))
    ok(w.qbg_ledger(w.deal, w.ivan, AS_OF, table))
    same(w.qbg_table_row_count(table), 0)


# ---- proposal.h, automation.h -------------------------------------------------------------------

def a_group_forms(w):
    """At tulip, about crm: as many new people as it takes, and no opportunity."""
    for i in range(6):
        contact = w.new(w.qbg_contact_add, w.workspace, numbered(b"new", i), w.tulip, None, None)
        w.saw(b"content_download", at(2025, 11, 12 + i), contact=contact, solution=w.crm)


@scripted("baseline")
def qbg_proposals(w):
    table, baseline = c_void_p(), c_void_p()
    a_group_forms(w)
    ok(w.qbg_baseline_new(None, baseline))
    ok(w.qbg_proposals(w.workspace, AS_OF, baseline, table))
    rows = rows_of(w, table, b"proposal", b"opportunity", b"contact", b"because")
    same((b"open", b"tulip/crm", b"", b"forming") in rows, True)
    same((b"join", b"tulip/crm", b"new-05", b"signals;account") in rows, True)
    w.qbg_baseline_free(baseline)


@scripted()
def qbg_plan(w):
    table = c_void_p()
    ok(w.qbg_plan(w.workspace, (c_uint32 * 1)(1), 1, (c_uint32 * 1)(1), 1, AS_OF, table))
    same(rows_of(w, table, b"proposal", b"opportunity", b"because"),
         [(b"open", b"tulip/crm", b"target")])


def applied(w):
    ok(w.qbg_proposal_apply(w.workspace, C.PROPOSAL_OPEN, b"tulip", b"crm", b"tulip/crm", None,
                            None, OPENED))
    ok(w.qbg_proposal_apply(w.workspace, C.PROPOSAL_JOIN, None, None, b"tulip/crm", b"ivan",
                            None, OPENED))
    ok(w.qbg_proposal_apply(w.workspace, C.PROPOSAL_ROLE, None, None, b"tulip/crm", b"ivan",
                            b"champion", OPENED))
    return w.qbg_opportunity_find(w.workspace, b"tulip/crm")


@scripted("contact role")
def qbg_proposal_apply(w):
    same(w.qbg_member_has_role(w.qbg_member_at(applied(w), 0), w.champion, AS_OF), 1)
    same(w.qbg_proposal_apply(w.workspace, C.PROPOSAL_JOIN, b"", b"", b"tulip/crm", b"ivan", b"",
                              OPENED), C.E_EXISTS)


@scripted("account solution")
def qbg_proposal_undo(w):
    deal = applied(w)
    ok(w.qbg_proposal_undo(w.workspace, C.PROPOSAL_ROLE, None, None, b"tulip/crm", b"ivan",
                           b"champion", OPENED))
    same(w.qbg_member_has_role(w.qbg_member_at(deal, 0), w.champion, AS_OF), 0)
    ok(w.qbg_proposal_undo(w.workspace, C.PROPOSAL_OPEN, b"tulip", b"crm", b"tulip/crm", None,
                           None, OPENED))
    same(w.qbg_opportunity_find(w.workspace, b"tulip/crm"), None)


@scripted("baseline")
def qbg_automate(w):
    table = c_void_p()
    a_group_forms(w)
    ok(w.qbg_policy_set_milli(w.policy, b"automation", 2000))
    ok(w.qbg_automate(w.workspace, AS_OF, None, table))
    deal = w.qbg_opportunity_find(w.workspace, b"tulip/crm")
    same(w.qbg_member_count(deal), 6)


# ---- feed.h --------------------------------------------------------------------------------------

def fed(w, call, row, *baseline):
    """The changes of the year, of which the downloads cause one."""
    table = c_void_p()
    for i in range(MANY):
        w.saw(b"content_download", at(2025, 11, 12) + i, contact=w.olga, opportunity=w.deal)
    ok(call(row, at(2025, 1, 1), AS_OF, *baseline, table))
    same(call(row, AS_OF, AS_OF, *baseline, c_void_p()), C.E_RANGE)
    same((b"engaged", b"olga", b"signals") in
         rows_of(w, table, b"change", b"contact", b"because"), True)


@scripted("baseline")
def qbg_feed(w):
    fed(w, w.qbg_feed, w.workspace, None)


@scripted()
def qbg_opportunity_feed(w):
    fed(w, w.qbg_opportunity_feed, w.deal)


# ---- inference.h ---------------------------------------------------------------------------------

@scripted()
def qbg_role_evidence(w):
    table = c_void_p()
    ok(w.qbg_member_add_evidence(w.member, C.EVIDENCE_CRM, w.security, C.SOURCE_HOST))
    ok(w.qbg_role_evidence(w.deal, w.elena, AS_OF, table))
    rows = rows_of(w, table, b"role", b"because")
    same([row for row in rows if row[1] != b"behaviour"],
         [(b"champion", b"host"), (b"security_officer", b"crm"),
          (b"business_evaluator", b"title")])
    same(w.qbg_table_double_at(table, w.qbg_table_column_find(table, b"confidence"), 0), 1.0)


# ---- history.h -----------------------------------------------------------------------------------

@scripted()
def qbg_opportunity_history(w):
    table = c_void_p()
    ok(w.qbg_opportunity_history(w.deal, table))
    rows = rows_of(w, table, b"contact", b"field", b"value", b"source")
    for told in ((b"", b"stage", b"engaged", b"host"), (b"", b"stage", b"proposal", b"host"),
                 (b"elena", b"stance", b"champion", b"host"), (b"", b"fit", b"0.75", b"host")):
        same(told in rows, True)


@scripted()
def qbg_contact_history(w):
    table = c_void_p()
    ok(w.qbg_contact_history(w.olga, table))
    same(rows_of(w, table, b"field", b"value"), [(b"account", b"daisy"), (b"account", b"tulip")])


# ---- member.h ------------------------------------------------------------------------------------

def many_by(w, contact):
    """Signals by visitors that this contact turns out to be; and so many logs to leave."""
    w.saw_many(MANY)
    for i in range(MANY):
        ok(w.qbg_contact_add_visitor(contact, b"many-%d" % i))


@scripted("out_member")
def qbg_member_add(w):
    member = c_void_p()
    many_by(w, w.lead)
    ok(w.qbg_member_add(w.deal, w.lead, member))
    same(w.qbg_member_find(w.deal, w.lead), member.value)
    same(w.qbg_opportunity_signal_count(w.deal), 7 + 1 + MANY)
    same(w.qbg_member_add(w.deal, w.elena, None), C.E_EXISTS)
    for i in range(MANY):
        contact = w.new(w.qbg_contact_add, w.workspace, numbered(b"c", i), None, None, None)
        ok(w.qbg_member_add(w.other, contact, None))
    same(w.qbg_member_count(w.other), MANY)


@scripted("out_member out_put")
def qbg_member_put(w):
    member, put = c_void_p(), c_int32()
    ok(w.qbg_member_put(w.deal, w.elena, member, put))
    same((member.value, put.value), (w.member, C.PUT_SAME))
    ok(w.qbg_member_put(w.other, w.elena, None, None))
    ok(w.qbg_member_put(w.other, w.lead, member, put))
    same(put.value, C.PUT_CREATED)
    same(w.qbg_opportunity_signal_count(w.other), 1 + 1 + 1)  # her webinar, his download
    same(w.qbg_member_contact(member), w.lead)


@scripted("role")
def qbg_opportunity_add_member(w):
    many_by(w, w.lead)
    ok(w.qbg_opportunity_add_member(w.other, w.lead, w.security))
    member = w.qbg_member_find(w.other, w.lead)
    same(w.qbg_member_has_role(member, w.security, AS_OF), 1)
    same(w.qbg_opportunity_signal_count(w.other), 1 + 1 + MANY)
    ok(w.qbg_opportunity_add_member(w.deal, w.olga, w.champion))
    ok(w.qbg_opportunity_add_member(w.deal, w.olga, None))


answers("qbg_member_find", lambda w: {
    (w.deal, w.elena): w.member, (w.deal, w.sergey): w.skeptic, (w.deal, w.ivan): None})
answers("qbg_member_count", lambda w: {(w.deal,): 3, (w.other,): 0})
answers("qbg_member_at", lambda w: {
    (w.deal, 0): w.member, (w.deal, 2): w.skeptic, (w.deal, 3): None})
answers("qbg_member_contact", lambda w: {(w.member,): w.elena})
answers("qbg_member_opportunity", lambda w: {(w.member,): w.deal})
answers("qbg_member_is_present", lambda w: {(w.member, AS_OF): 1})


@scripted()
def qbg_member_add_role(w):
    ok(w.qbg_member_add_role(w.member, w.security, C.SOURCE_RULE))
    same(w.qbg_member_has_role(w.member, w.security, AS_OF), 1)
    same(w.qbg_member_has_role(w.member, w.champion, AS_OF), 1)


@scripted()
def qbg_member_set_roles(w):
    roles = (c_void_p * 2)(w.technical, w.security)
    for i in range(MANY):
        ok(w.qbg_member_set_roles(w.member, roles, 2, OPENED + i * DAY, C.SOURCE_HOST))
    same(w.qbg_member_has_role(w.member, w.technical, AS_OF), 1)
    same(w.qbg_member_has_role(w.member, w.champion, AS_OF), 0)
    ok(w.qbg_member_set_roles(w.member, roles, 0, at(2025, 11, 1), C.SOURCE_HOST))
    same(w.qbg_member_has_role(w.member, w.technical, AS_OF), 0)


answers("qbg_member_has_role", lambda w: {
    (w.member, w.champion, AS_OF): 1, (w.member, w.security, AS_OF): 0})


@scripted()
def qbg_member_add_evidence(w):
    ok(w.qbg_member_add_evidence(w.member, C.EVIDENCE_CRM, w.security, C.SOURCE_RULE))
    same(w.qbg_member_has_evidence(w.member, C.EVIDENCE_CRM, w.security, AS_OF), 1)
    same(w.qbg_member_add_evidence(w.member, C.EVIDENCE_TITLE, w.security, C.SOURCE_RULE),
         C.E_ARGUMENT)


@scripted()
def qbg_member_set_evidence(w):
    roles = (c_void_p * 2)(w.technical, w.security)
    for i in range(MANY):
        ok(w.qbg_member_set_evidence(
            w.member, C.EVIDENCE_VENDOR, roles, 2, OPENED + i * DAY, C.SOURCE_HOST))
    same(w.qbg_member_has_evidence(w.member, C.EVIDENCE_VENDOR, w.security, AS_OF), 1)
    same(w.qbg_member_has_evidence(w.member, C.EVIDENCE_CRM, w.security, AS_OF), 0)


@scripted()
def qbg_member_has_evidence(w):
    ok(w.qbg_member_add_evidence(w.member, C.EVIDENCE_CRM, w.technical, C.SOURCE_HOST))
    same(w.qbg_member_has_evidence(w.member, C.EVIDENCE_CRM, w.technical, AS_OF), 1)
    same(w.qbg_member_has_evidence(w.member, C.EVIDENCE_HOST, w.champion, AS_OF), 0)


def dated(name, row, *values):
    """A dated fact of a member or opportunity: set MANY times, asked, then said at one instant by
    both sources, of which the host wins."""
    setter = name.replace("qbg_member_", "qbg_member_set_")
    setter = setter.replace("qbg_opportunity_", "qbg_opportunity_set_")
    first, second, wrong = values

    def script(w):
        call, ask = getattr(w, setter), getattr(w, name)
        for i in range(MANY):
            ok(call(row(w), second if i % 2 else first, OPENED + i * DAY, C.SOURCE_HOST))
            same(ask(row(w), OPENED + i * DAY), second if i % 2 else first)
        ok(call(row(w), first, AS_OF, C.SOURCE_RULE))
        ok(call(row(w), second, AS_OF, C.SOURCE_HOST))
        ok(call(row(w), first, AS_OF, C.SOURCE_RULE))
        same(ask(row(w), AS_OF), second)
        same(call(row(w), first, AS_OF, 7), C.E_ARGUMENT)
        same(call(row(w), first, -1, C.SOURCE_HOST), C.E_RANGE)
        same(call(row(w), wrong, AS_OF, C.SOURCE_HOST) in (C.E_ARGUMENT, C.E_RANGE, C.E_TEXT), True)
    CALLS[setter] = Call(setter, script, ("stage",) if setter.endswith("_stage") else ())


dated("qbg_member_stance", lambda w: w.member, C.STANCE_BLOCKER, C.STANCE_SUPPORTER, 6)
dated("qbg_member_influence", lambda w: w.member, 0.25, 1.0, 1.5)
dated("qbg_member_participation", lambda w: w.member,
      C.PARTICIPATION_ACTIVE, C.PARTICIPATION_PASSIVE, 3)
dated("qbg_member_interest", lambda w: w.member, C.INTEREST_HIGH, C.INTEREST_LOW, 3)


@scripted()
def qbg_member_set_status(w):
    many_by(w, w.elena)
    same(w.qbg_opportunity_signal_count(w.deal), 7 + MANY)
    ok(w.qbg_member_set_status(w.member, C.STATUS_DISMISSED, C.UNDATED, C.SOURCE_HOST))
    same(w.qbg_opportunity_signal_count(w.deal), 6)  # her webinar goes; what is about HR stays
    same(w.qbg_member_is_present(w.member, AS_OF), 0)
    for i in range(MANY):
        ok(w.qbg_member_set_status(w.member, C.STATUS_LEFT, OPENED + i * DAY, C.SOURCE_HOST))
    same(w.qbg_member_set_status(w.member, 4, AS_OF, C.SOURCE_HOST), C.E_ARGUMENT)


answers("qbg_member_status", lambda w: {
    (w.member, AS_OF): C.STATUS_CONFIRMED, (w.skeptic, AS_OF): C.STATUS_POTENTIAL})
answers("qbg_member_stance", lambda w: {
    (w.member, AS_OF): C.STANCE_CHAMPION, (w.member, OPENED): C.STANCE_UNKNOWN})
answers("qbg_member_influence", lambda w: {(w.skeptic, AS_OF): 0.5, (w.member, AS_OF): -1.0})
answers("qbg_member_participation", lambda w: {(w.member, AS_OF): C.UNSET})
answers("qbg_member_interest", lambda w: {(w.member, AS_OF): C.UNSET})


@scripted()
def qbg_member_set_joined(w):
    many_by(w, w.elena)
    ok(w.qbg_member_set_joined(w.member, at(2026, 3, 1)))
    same(w.qbg_member_joined(w.member), at(2026, 3, 1))
    same(w.qbg_opportunity_signal_count(w.deal), 6)
    ok(w.qbg_member_set_joined(w.member, C.UNDATED))
    same(w.qbg_opportunity_signal_count(w.deal), 7 + MANY)
    same(w.qbg_member_set_joined(w.member, -1), C.E_RANGE)


answers("qbg_member_joined", lambda w: {(w.member,): C.UNDATED})


@scripted()
def qbg_member_set_left(w):
    many_by(w, w.elena)
    ok(w.qbg_member_set_left(w.member, at(2025, 9, 2)))
    same(w.qbg_opportunity_signal_count(w.deal), 6)
    same(w.qbg_member_is_present(w.member, AS_OF), 0)
    same(w.qbg_member_set_left(w.member, -1), C.E_RANGE)


answers("qbg_member_left", lambda w: {(w.member,): C.UNDATED})


@scripted()
def qbg_member_set_next_contact(w):
    ok(w.qbg_member_set_next_contact(w.member, AS_OF))
    same(w.qbg_member_next_contact(w.member), AS_OF)
    same(w.qbg_member_set_next_contact(w.member, -1), C.E_RANGE)


answers("qbg_member_next_contact", lambda w: {
    (w.skeptic,): at(2025, 12, 1), (w.member,): C.UNDATED})


@scripted("note")
def qbg_member_set_note(w):
    ok(w.qbg_member_set_note(w.skeptic, b"calls back"))
    same(w.qbg_member_note(w.skeptic), b"calls back")
    ok(w.qbg_member_set_note(w.skeptic, None))
    same(w.qbg_member_note(w.skeptic), b"")


answers("qbg_member_note", lambda w: {(w.skeptic,): b"asks for a demo", (w.member,): b""})

# ---- memory.h ------------------------------------------------------------------------------------

@scripted()
def qbg_workspace_memory(w):
    table = c_void_p()
    ok(w.qbg_workspace_memory(w.workspace, table))
    sections = [name for name, in rows_of(w, table, b"section")]
    same((sections[0], sections[-1], len(sections)), (b"accounts", b"other", 13))
    column = w.qbg_table_uint64_column(table, w.qbg_table_column_find(table, b"bytes"))
    same(sum(column[:len(sections)]), w.qbg_workspace_bytes(w.workspace))
    empty = c_void_p()
    ok(w.qbg_workspace_memory(w.empty(), empty))
    same(w.qbg_table_uint64_at(empty, 1, 0), 0)


# ---- need.h --------------------------------------------------------------------------------------

@scripted("contact")
def qbg_need_set(w):
    for i in range(MANY):
        ok(w.qbg_need_set(w.deal, w.olga, numbered(b"price", i), C.NEED_OPEN, C.UNDATED))
        ok(w.qbg_need_set(w.deal, None, b"speed", i % 2, OPENED + i * DAY))
    same(w.qbg_need_count(w.deal), 2 + MANY + 1)
    same(w.qbg_need_state(w.deal, 3, AS_OF), C.NEED_VALIDATED)
    same(w.qbg_need_set(w.deal, None, b"speed", 3, AS_OF), C.E_ARGUMENT)


answers("qbg_need_count", lambda w: {(w.deal,): 2, (w.other,): 0})
answers("qbg_need_key", lambda w: {(w.deal, 1): b"ease", (w.deal, 2): b""})
answers("qbg_need_contact", lambda w: {
    (w.deal, 0): None, (w.deal, 1): w.elena, (w.deal, 2): None})
answers("qbg_need_state", lambda w: {
    (w.deal, 0, OPENED): C.NEED_OPEN, (w.deal, 0, AS_OF): C.NEED_VALIDATED,
    (w.deal, 1, OPENED): C.UNSET, (w.deal, 2, AS_OF): C.UNSET})

# ---- opportunity.h -------------------------------------------------------------------------------

@scripted("out_opportunity")
def qbg_opportunity_add(w):
    deal = c_void_p()
    w.saw_many(MANY, account=w.tulip, solution=w.crm)
    same(w.qbg_account_signal_count(w.tulip), 1 + MANY)
    ok(w.qbg_opportunity_add(w.workspace, b"tulip-crm", w.tulip, w.crm, OPENED, deal))
    same(w.qbg_account_signal_count(w.tulip), 1)
    same(w.qbg_opportunity_signal_count(deal), MANY)
    for i in range(MANY):
        ok(w.qbg_opportunity_add(w.workspace, numbered(b"n", i), w.daisy, w.hr, C.UNDATED, None))
    same(w.qbg_opportunity_add(w.workspace, b"daisy-hr", w.daisy, w.hr, OPENED, None), C.E_EXISTS)
    same(w.qbg_opportunity_add(w.workspace, b"x", w.daisy, w.hr, -1, None), C.E_RANGE)


@scripted("out_opportunity out_put")
def qbg_opportunity_put(w):
    deal, put = c_void_p(), c_int32()
    ok(w.qbg_opportunity_put(w.workspace, b"daisy-hr", w.daisy, w.hr, at(2025, 11, 2), deal, put))
    same((deal.value, put.value), (w.deal, C.PUT_CHANGED))
    same(w.qbg_opportunity_opened(w.deal), at(2025, 11, 2))
    ok(w.qbg_opportunity_put(w.workspace, b"daisy-hr", w.tulip, w.crm, OPENED, deal, None))
    same(w.qbg_opportunity_account(w.deal), w.tulip)
    same(w.qbg_opportunity_put(w.workspace, b"daisy-hr", w.tulip, w.crm, -1, deal, put), C.E_RANGE)
    ok(w.qbg_opportunity_put(w.workspace, b"new", w.daisy, w.crm, C.UNDATED, deal, put))
    same(w.qbg_opportunity_opened(deal), C.UNDATED)


answers("qbg_opportunity_find", lambda w: {
    (w.workspace, b"daisy-hr"): w.deal, (w.workspace, b"new"): None})
answers("qbg_opportunity_count", lambda w: {(w.workspace,): 3})
answers("qbg_opportunity_at", lambda w: {(w.workspace, 2): w.old, (w.workspace, 3): None})
answers("qbg_opportunity_number", lambda w: {(w.old,): 2})
answers("qbg_opportunity_key", lambda w: {(w.old,): b"tulip-hr"})
answers("qbg_opportunity_name", lambda w: {(w.deal,): b"HR for Daisy", (w.old,): b""})
answers("qbg_opportunity_account", lambda w: {(w.old,): w.tulip})
answers("qbg_opportunity_solution", lambda w: {(w.other,): w.crm})
answers("qbg_opportunity_type", lambda w: {
    (w.deal,): C.OPPORTUNITY_ACQUISITION, (w.old,): C.UNSET})
answers("qbg_opportunity_opened", lambda w: {(w.deal,): OPENED})
answers("qbg_opportunity_closed", lambda w: {(w.old,): at(2025, 6, 1), (w.deal,): C.UNDATED})


@scripted("name")
def qbg_opportunity_set_name(w):
    ok(w.qbg_opportunity_set_name(w.deal, b"New"))
    same(w.qbg_opportunity_name(w.deal), b"New")
    ok(w.qbg_opportunity_set_name(w.deal, None))
    same(w.qbg_opportunity_name(w.deal), b"")


@scripted()
def qbg_opportunity_set_type(w):
    ok(w.qbg_opportunity_set_type(w.deal, C.OPPORTUNITY_UPSELL))
    same(w.qbg_opportunity_type(w.deal), C.OPPORTUNITY_UPSELL)
    same(w.qbg_opportunity_set_type(w.deal, 4), C.E_ARGUMENT)


@scripted()
def qbg_opportunity_set_opened(w):
    many_by(w, w.elena)
    ok(w.qbg_opportunity_set_opened(w.deal, at(2026, 3, 1)))
    same(w.qbg_opportunity_signal_count(w.deal), 0)
    ok(w.qbg_opportunity_set_opened(w.deal, C.UNDATED))
    same(w.qbg_opportunity_signal_count(w.deal), 7 + MANY)
    same(w.qbg_opportunity_set_opened(w.deal, -1), C.E_RANGE)


@scripted()
def qbg_opportunity_set_closed(w):
    many_by(w, w.elena)
    ok(w.qbg_opportunity_set_closed(w.deal, at(2025, 9, 2)))
    same(w.qbg_opportunity_signal_count(w.deal), 0)
    ok(w.qbg_opportunity_set_closed(w.deal, C.UNDATED))
    same(w.qbg_opportunity_signal_count(w.deal), 7 + MANY)
    same(w.qbg_opportunity_set_closed(w.deal, -1), C.E_RANGE)


dated("qbg_opportunity_stage", lambda w: w.other, b"demo", b"trial", b"\xff")
dated("qbg_opportunity_verdict", lambda w: w.other,
      C.VERDICT_QUALIFIED, C.VERDICT_MULTI_THREADED, 4)
dated("qbg_opportunity_outcome", lambda w: w.other, C.OUTCOME_WON, C.OUTCOME_LOST, 2)
dated("qbg_opportunity_fit", lambda w: w.other, 0.125, 0.5, 1.5)

answers("qbg_opportunity_stage", lambda w: {
    (w.deal, OPENED): b"engaged", (w.deal, AS_OF): b"proposal", (w.old, AS_OF): b""})
answers("qbg_opportunity_verdict", lambda w: {
    (w.deal, AS_OF): C.VERDICT_SILENT, (w.deal, OPENED): C.UNSET})


@scripted()
def qbg_opportunity_set_currency(w):
    ok(w.qbg_opportunity_set_currency(w.deal, b"EUR"))
    same(w.qbg_opportunity_currency(w.deal), b"EUR")
    same(w.qbg_opportunity_set_currency(w.deal, b"Euro"), C.E_TEXT)


answers("qbg_opportunity_currency", lambda w: {(w.deal,): b"RUB", (w.old,): b""})


@scripted()
def qbg_opportunity_set_amount(w):
    for i in range(MANY):
        ok(w.qbg_opportunity_set_amount(w.deal, 100 + i, OPENED, C.SOURCE_HOST))
        ok(w.qbg_opportunity_set_amount(w.deal, 500 + i, OPENED + DAY * i, C.SOURCE_HOST))
    same(w.qbg_opportunity_amount_minor(w.deal, AS_OF), 500 + MANY - 1)
    same(w.qbg_opportunity_set_amount(w.deal, 1, -1, C.SOURCE_HOST), C.E_RANGE)


@scripted()
def qbg_opportunity_withdraw_amount(w):
    ok(w.qbg_opportunity_withdraw_amount(w.deal, at(2025, 11, 1), C.SOURCE_HOST))
    same(w.qbg_opportunity_has_amount(w.deal, AS_OF), 0)
    same(w.qbg_opportunity_has_amount(w.deal, OPENED), 1)


answers("qbg_opportunity_has_amount", lambda w: {(w.deal, AS_OF): 1, (w.old, AS_OF): 0})
answers("qbg_opportunity_amount_minor", lambda w: {(w.deal, AS_OF): 120000000, (w.old, AS_OF): 0})
answers("qbg_opportunity_outcome", lambda w: {
    (w.old, AS_OF): C.OUTCOME_LOST, (w.old, at(2025, 5, 1)): C.UNSET})


@scripted()
def qbg_opportunity_set_answer(w):
    authority = C.CRITERION_AUTHORITY
    for i in range(MANY):
        ok(w.qbg_opportunity_set_answer(w.old, authority, i % 2, OPENED + i * DAY, C.SOURCE_HOST))
    same(w.qbg_opportunity_answer(w.old, authority, AS_OF), C.ANSWER_YES)
    same(w.qbg_opportunity_set_answer(w.old, C.CRITERION_FIT, 1, AS_OF, C.SOURCE_HOST),
         C.E_ARGUMENT)


answers("qbg_opportunity_answer", lambda w: {
    (w.deal, C.CRITERION_BUDGET, AS_OF): C.ANSWER_YES,
    (w.deal, C.CRITERION_TIMELINE, AS_OF): C.UNSET})
answers("qbg_opportunity_fit", lambda w: {(w.deal, AS_OF): 0.75, (w.old, AS_OF): -1.0})

# ---- path.h --------------------------------------------------------------------------------------

def engagement_of_a_step():
    return 10.0 / (10.0 + 20.0)


def path_intent():
    """The intent of the deal with a decision maker who has 10 points."""
    factors = [1.0 - engagement(exact) for exact in (ELENA, OLGA, SERGEY)]
    factors += [1.0 - 0.5 * engagement(GUEST), 1.0 - engagement_of_a_step()]
    product = 1.0
    for factor in sorted(factors):
        product *= factor
    return 1.0 - product


PATH_PRIORITY = (100 * path_intent()) * (0.25 + (1 - 0.25) * (10 / 12))


def path_of(w, opportunity=None):
    return w.new(w.qbg_path_find, opportunity or w.deal, AS_OF)


def path_to_engage(w):
    """The path of the other deal: its only member has to become active, and that is enough."""
    nina = w.new(w.qbg_contact_add, w.workspace, b"nina", w.daisy, b"Nina", None)
    ok(w.qbg_opportunity_add_member(w.other, nina, w.champion))
    for key, milli in ((b"min_members_identified", 1000), (b"min_members_engaged", 1000),
                       (b"min_coverage_engaged", 300), (b"min_intent", 300)):
        ok(w.qbg_policy_set_milli(w.policy, key, milli))
    ok(w.qbg_policy_set_text(w.policy, b"mode.required_seats", b"off"))
    return path_of(w, w.other)


def path_to_nowhere(w):
    ok(w.qbg_policy_set_text(w.policy, b"mode.timeline", b"required"))
    return path_of(w)


@scripted()
def qbg_path_find(w):
    path = c_void_p()
    ok(w.qbg_path_find(w.deal, AS_OF, path))
    same(w.qbg_path_step_count(path), 1)
    same(w.qbg_path_find(w.deal, -1, path), C.E_RANGE)


@scripted("path")
def qbg_path_free(w):
    w.qbg_path_free(path_of(w))


def pathed(name, *pairs, find=path_of):
    """Getters of a path: arguments behind the handle, and the answer."""
    def with_path(w):
        path = find(w)
        return {(path, *arguments): expected for arguments, expected in pairs}
    answers("qbg_path_" + name, with_path)


pathed("opportunity", ((), b"daisy-hr"))
pathed("as_of", ((), AS_OF))
pathed("step_limit", ((), 6))
pathed("exists", ((), 0), find=path_to_nowhere)
pathed("is_qualified_already", ((), 0))
pathed("is_exact", ((), 1))
pathed("priority_before", ((), PRIORITY))
pathed("priority_after", ((), PATH_PRIORITY))
pathed("step_count", ((), 1))
pathed("step_kind", ((0,), C.STEP_IDENTIFY), ((1,), C.UNSET))
pathed("step_role", ((0,), b"decision_maker"), ((1,), b""))
pathed("step_contact", ((0,), b"nina"), ((1,), b""), find=path_to_engage)
pathed("step_name", ((0,), b"Nina"), ((1,), b""), find=path_to_engage)
pathed("step_priority", ((0,), PATH_PRIORITY), ((1,), 0.0))
pathed("step_gain", ((0,), PATH_PRIORITY - PRIORITY), ((1,), 0.0))
pathed("unmet_count", ((), 1), find=path_to_nowhere)
pathed("unmet_criterion", ((0,), C.CRITERION_TIMELINE), ((1,), C.UNSET), find=path_to_nowhere)


@scripted()
def qbg_path_table(w):
    table = c_void_p()
    for path in (path_of(w), path_to_engage(w)):
        ok(w.qbg_path_table(path, table))
        same(w.qbg_table_row_count(table), 1)
        same(w.qbg_table_double_at(table, w.qbg_table_column_find(table, b"priority"), 0),
             w.qbg_path_priority_after(path))


# ---- crosswalk.h ---------------------------------------------------------------------------------

answers("qbg_crosswalk_count", lambda w: {(): 8})
answers("qbg_crosswalk_key", lambda w: {
    (C.CROSSWALK_HUBSPOT,): b"hubspot", (8,): None, (-1,): None})
answers("qbg_crosswalk_label", lambda w: {
    (C.CROSSWALK_ADOBE, b"en"): b"Adobe buying groups", (C.CROSSWALK_MEDDPICC, None): b"MEDDPICC",
    (C.CROSSWALK_ADOBE, b"ru"): "закупочные группы Adobe".encode(), (8, b"en"): None},
    may_be_null="lang")
answers("qbg_crosswalk_find", lambda w: {
    (b"suitecrm",): C.CROSSWALK_SUITECRM, (b"siebel",): C.UNSET}, may_be_null="key")
answers("qbg_crosswalk_word_count", lambda w: {(C.CROSSWALK_SERVICENOW,): 6, (8,): 0})
answers("qbg_crosswalk_word", lambda w: {
    (C.CROSSWALK_MILLER_HEIMAN, 3): b"Coach", (C.CROSSWALK_MILLER_HEIMAN, 4): None})
answers("qbg_crosswalk_to_role", lambda w: {
    (C.CROSSWALK_SALESFORCE, b"business user"): b"end_user",
    (C.CROSSWALK_DYNAMICS, b"Jester"): None}, may_be_null="word")
answers("qbg_crosswalk_to_role_loss", lambda w: {
    (C.CROSSWALK_SALESFORCE, b"Business User"): b"",
    (C.CROSSWALK_DYNAMICS, b"Technical Buyer"): b"that he can refuse it",
    (C.CROSSWALK_DYNAMICS, b"Jester"): None}, may_be_null="word")
answers("qbg_crosswalk_from_role", lambda w: {
    (C.CROSSWALK_ADOBE, b"end_user"): b"Practitioner", (C.CROSSWALK_MEDDPICC, b"blocker"): None,
    (C.CROSSWALK_ADOBE, b"jester"): None}, may_be_null="role")
answers("qbg_crosswalk_from_role_loss", lambda w: {
    (C.CROSSWALK_ADOBE, b"champion"): b"",
    (C.CROSSWALK_MEDDPICC, b"blocker"): b"there is no word for it",
    (C.CROSSWALK_ADOBE, b"jester"): None}, may_be_null="role")

# ---- dialect.h -----------------------------------------------------------------------------------

answers("qbg_dialect_count", lambda w: {(): 2})
answers("qbg_dialect_key", lambda w: {
    (C.DIALECT_SALESFORCE,): b"salesforce", (2,): None, (-1,): None})
answers("qbg_dialect_label", lambda w: {(C.DIALECT_HUBSPOT,): b"HubSpot", (2,): None})
answers("qbg_dialect_find", lambda w: {
    (b"hubspot",): C.DIALECT_HUBSPOT, (b"siebel",): C.UNSET}, may_be_null="key")
answers("qbg_dialect_table_count", lambda w: {(C.DIALECT_SALESFORCE,): 15, (2,): 0})
answers("qbg_dialect_table_name", lambda w: {
    (C.DIALECT_SALESFORCE, 0): b"Account", (C.DIALECT_SALESFORCE, 15): None})
answers("qbg_dialect_table_find", lambda w: {
    (C.DIALECT_SALESFORCE, b"sf_account_data"): 0, (C.DIALECT_HUBSPOT, b"planets"): C.UNSET},
    may_be_null="name")

EXPORT = {
    b"Account": b"Id,IsDeleted,Name,Phone\nlily,0,Lily,1\ntulip,1,,\n",
    b"Contact": b"Id,AccountId,LastName,Email\nida,lily,Ida,ida@lily.example\nleo,moss,Leo,\n",
    b"Opportunity": b"Id,AccountId,StageName,Amount,Area__c\nlily-x,lily,Open,1E3,x\nbad,tulip,,,\n",
    b"OpportunityContactRole": b"OpportunityId,ContactId,Role\nlily-x,ida,Technical Buyer\n"
                               b"lily-x,leo,Jester\nnone,ida,Influencer\n",
    b"Task": b"Id,WhoId,ActivityDate,Status,TaskSubtype\nt,ida,2025-11-10,Completed,Call\n",
    b"Leads": b'[{"Id": "l1", "LastName": "X", "Company": "Fern"}]',
    b"Planets": b"Id\n1\n",
}


def export_reader(w, strict=0):
    reader = w.new(w.qbg_book_reader_new, w.workspace, strict)
    ok(w.qbg_book_reader_set_dialect(reader, C.DIALECT_SALESFORCE))
    for name, table in EXPORT.items():
        ok(w.qbg_book_reader_feed(reader, name, table, len(table)))
    return reader


@scripted()
def qbg_book_reader_set_dialect(w):
    reader = export_reader(w)
    same(w.qbg_book_reader_set_dialect(reader, C.DIALECT_HUBSPOT), C.E_BUSY)
    same(w.qbg_book_reader_set_dialect(reader, 2), C.E_ARGUMENT)
    ok(w.qbg_book_reader_finish(reader))
    same(w.qbg_account_find(w.workspace, b"tulip"), None)
    same(w.qbg_account_name(w.qbg_account_find(w.workspace, b"Fern")), b"Fern")
    same(w.qbg_opportunity_amount_minor(w.qbg_opportunity_find(w.workspace, b"lily-x"), AS_OF),
         100000)
    same(w.qbg_book_reader_set_dialect(reader, C.DIALECT_HUBSPOT), C.E_ARGUMENT)


@scripted("solution column")
def qbg_book_reader_set_solution(w):
    reader = export_reader(w)
    ok(w.qbg_book_reader_set_solution(reader, None, None))
    ok(w.qbg_book_reader_set_solution(reader, b"rest", b"Area__c"))
    same(w.qbg_book_reader_set_solution(reader, b"", None), C.E_TEXT)
    ok(w.qbg_book_reader_step(reader, 0, None))
    same(w.qbg_book_reader_set_solution(reader, b"rest", None), C.E_BUSY)
    ok(w.qbg_book_reader_finish(reader))
    deal = w.qbg_opportunity_find(w.workspace, b"lily-x")
    same(w.qbg_solution_key(w.qbg_opportunity_solution(deal)), b"x")
    plain = w.new(w.qbg_book_reader_new, w.workspace, 0)
    same(w.qbg_book_reader_set_solution(plain, b"rest", None), C.E_ARGUMENT)


@scripted()
def qbg_book_reader_tables(w):
    reader, table = export_reader(w), c_void_p()
    ok(w.qbg_book_reader_finish(reader))
    ok(w.qbg_book_reader_tables(reader, table))
    rows = range(w.qbg_table_row_count(table))
    same([[w.qbg_table_int64_at(table, column, row) for column in (2, 3, 4, 5)] for row in rows],
         [[2, 2, 0, 1], [2, 2, 0, 0], [2, 1, 1, 0], [3, 2, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0],
          [1, 1, 0, 0]])
    w.qbg_table_free(table)
    reader = w.reader(w.workspace, 0, accounts=b"account\nx\n,,\n", contacts=b"contact,account\ny,z\n")
    ok(w.qbg_book_reader_finish(reader))
    ok(w.qbg_book_reader_tables(reader, table))
    same([w.qbg_table_int64_at(table, 4, row) for row in (0, 1)], [0, 1])
    w.qbg_table_free(table)


# ---- persona.h -----------------------------------------------------------------------------------

@scripted("out_department out_seniority out_confidence")
def qbg_persona_read(w):
    department, seniority, confidence = c_int32(), c_int32(), c_double()
    ok(w.qbg_persona_read("Финансовый директор".encode(), department, seniority, confidence))
    same(department.value, C.DEPARTMENT_FINANCE)
    same(0.5 <= confidence.value <= 1.0, True)
    ok(w.qbg_persona_read(b"", department, seniority, confidence))
    same((department.value, seniority.value, confidence.value), (C.UNSET, C.UNSET, 0.0))
    same(w.qbg_persona_read(b"\xff", department, seniority, confidence), C.E_TEXT)


@scripted()
def qbg_persona_evidence(w):
    title = "Зам. директора по ИТ".encode()
    starts, sizes, count = (c_uint32 * 4)(), (c_uint32 * 4)(), c_uint32()
    ok(w.qbg_persona_evidence(title, 4, starts, sizes, count))
    same([title[starts[i]:starts[i] + sizes[i]].decode() for i in range(count.value)],
         ["Зам", "директора", "ИТ"])
    ok(w.qbg_persona_evidence(title, 1, starts, sizes, count))
    same(count.value, 3)
    ok(w.qbg_persona_evidence(b"Guru", 0, None, None, count))
    same(count.value, 0)
    same(w.qbg_persona_evidence(b"\xff", 4, starts, sizes, count), C.E_TEXT)
    same(w.qbg_persona_evidence(title, 4, None, sizes, count), C.E_ARGUMENT)


# ---- policy.h ------------------------------------------------------------------------------------

def parameter(w, key):
    return w.qbg_policy_find(w.policy, key)


@scripted()
def qbg_policy_count(w):
    count = w.qbg_policy_count(w.policy)
    same(w.qbg_policy_key(w.policy, count - 1), b"points.tip")
    same(w.qbg_policy_key(w.policy, count), None)


@scripted()
def qbg_policy_find(w):
    for i in range(w.qbg_policy_count(w.policy)):
        same(w.qbg_policy_find(w.policy, w.qbg_policy_key(w.policy, i)), i)
    same(w.qbg_policy_find(w.policy, b"points.nothing"), -1)


answers("qbg_policy_key", lambda w: {
    (w.policy, parameter(w, b"mode.fit")): b"mode.fit", (w.policy, -1): None})
answers("qbg_policy_unit", lambda w: {
    (w.policy, parameter(w, b"points.tip")): b"points",
    (w.policy, parameter(w, b"half_life_days")): b"days"})


@scripted("lang")
def qbg_policy_label(w):
    russian = w.qbg_policy_label(w.policy, parameter(w, b"half_life_days"), b"ru")
    english = w.qbg_policy_label(w.policy, parameter(w, b"half_life_days"), b"en")
    same(len(russian.decode()) > 0 and english.isascii() and russian != english, True)


answers("qbg_policy_value_milli", lambda w: {
    (w.policy, parameter(w, b"max_silence_days")): 45000,
    (w.policy, parameter(w, b"points.showroom")): 12000, (w.policy, -1): 0})
answers("qbg_policy_default_milli", lambda w: {
    (w.policy, parameter(w, b"max_silence_days")): 30000})
answers("qbg_policy_min_milli", lambda w: {
    (w.policy, parameter(w, b"half_life_days")): 1000,
    (w.policy, parameter(w, b"points.tip")): -1000000})
answers("qbg_policy_max_milli", lambda w: {(w.policy, parameter(w, b"half_life_days")): 365000})
answers("qbg_policy_step_milli", lambda w: {
    (w.policy, parameter(w, b"half_life_days")): 1000, (w.policy, parameter(w, b"min_intent")): 1})


@scripted()
def qbg_policy_set_milli(w):
    ok(w.qbg_policy_set_milli(w.policy, b"half_life_days", 60000))
    w.saw(b"page_view", OPENED - 80 * DAY, contact=w.elena)
    same(w.qbg_opportunity_signal_count(w.deal), 8)
    ok(w.qbg_policy_set_milli(w.policy, b"route_lookback_days", 10000))
    same(w.qbg_opportunity_signal_count(w.deal), 7)
    ok(w.qbg_policy_set_milli(w.policy, b"points.call", 1))
    same(w.qbg_kind_points_milli(w.qbg_kind_find(w.workspace, b"call")), 1)
    same(w.qbg_policy_set_milli(w.policy, b"half_life_days", 500), C.E_RANGE)
    same(w.qbg_policy_set_milli(w.policy, b"half_death_days", 1000), C.E_NOT_FOUND)


@scripted()
def qbg_policy_set_text(w):
    ok(w.qbg_policy_set_text(w.policy, b"half_life_days", b"10"))
    ok(w.qbg_policy_set_text(w.policy, b"mode.fit", b"required"))
    ok(w.qbg_policy_set_text(w.policy, b"points.tip", b"-0.125"))
    same(w.qbg_kind_points_milli(w.tip), -125)
    same(w.qbg_policy_set_text(w.policy, b"mode.fit", b"perhaps"), C.E_FORMAT)
    same(w.qbg_policy_set_text(w.policy, b"half_death_days", b"1"), C.E_NOT_FOUND)


# ---- report.h ------------------------------------------------------------------------------------

FORMATS = (C.FORMAT_TEXT, C.FORMAT_CSV, C.FORMAT_JSON)


@scripted("lang")
def qbg_report_board(w):
    blob = c_void_p()
    for form in FORMATS:
        ok(w.qbg_report_board(w.workspace, AS_OF, 1, form, b"ru", blob))
        data = w.qbg_blob_data(blob)
        same(b"daisy-hr" in data and b"tulip-hr" in data, True)
    ok(w.qbg_report_board(w.workspace, AS_OF, 0, C.FORMAT_CSV, b"en", blob))
    same(b"tulip-hr" in w.qbg_blob_data(blob), False)
    same(w.qbg_report_board(w.workspace, -1, 0, C.FORMAT_CSV, b"en", blob), C.E_RANGE)


@scripted("lang")
def qbg_report_tracking(w):
    blob = c_void_p()
    for form in FORMATS:
        ok(w.qbg_report_tracking(w.workspace, AS_OF, form, b"ru", blob))
        same("Красная ромашка".encode() in w.qbg_blob_data(blob), True)
    same(w.qbg_report_tracking(w.workspace, AS_OF, 9, b"ru", blob), C.E_ARGUMENT)


@scripted()
def qbg_report_table(w):
    blob = c_void_p()
    board = w.board()
    for form in FORMATS:
        ok(w.qbg_report_table(board, form, blob))
        same(b"decision_maker;business_evaluator" in w.qbg_blob_data(blob), True)


@scripted("lang")
def qbg_report_explain(w):
    blob = c_void_p()
    ok(w.qbg_report_explain(w.deal, AS_OF, None, blob))
    same(b"Sergey" in w.qbg_blob_data(blob), True)
    ok(w.qbg_report_explain(w.old, AS_OF, b"ru", blob))
    same("Сделка закрыта".encode() in w.qbg_blob_data(blob), True)
    same(w.qbg_report_explain(w.deal, -1, b"en", blob), C.E_RANGE)


# ---- retention.h ---------------------------------------------------------------------------------

@scripted("out_numerator out_denominator out_ratio")
def qbg_nrr(w):
    up, down, ratio = c_int64(), c_int64(), c_double()
    ok(w.qbg_nrr(1000000, 200000, 50000, 100000, up, down, ratio))
    same((up.value / down.value, ratio.value), (1.05, 1.05))
    same(w.qbg_nrr(0, 1, 0, 0, up, down, ratio), C.E_ZERO)
    same(w.qbg_nrr(1, -1, 0, 0, up, down, ratio), C.E_RANGE)
    same(w.qbg_nrr(2**63 - 1, 2**63 - 1, 0, 0, up, down, ratio), C.E_OVERFLOW)


@scripted("out_numerator out_denominator out_ratio")
def qbg_grr(w):
    up, down, ratio = c_int64(), c_int64(), c_double()
    ok(w.qbg_grr(1000, 50, 100, up, down, ratio))
    same((up.value / down.value, ratio.value), (0.85, 0.85))
    ok(w.qbg_grr(10, 20, 0, up, down, ratio))
    same(ratio.value, 0.0)


answers("qbg_retention_trend", lambda w: {
    (3, 2): C.TREND_GROWING, (2, 2): C.TREND_STABLE, (-1, 2): C.TREND_SHRINKING, (1, 0): C.UNSET})

# ---- revenue.h -----------------------------------------------------------------------------------

@scripted("currency")
def qbg_revenue_add(w):
    for i in range(MANY):
        ok(w.qbg_revenue_add(w.workspace, numbered(b"iris", i), 2025, 1 + i, 100, b"EUR"))
    ok(w.qbg_revenue_add(w.workspace, b"daisy", 2025, 10, 5, b"RUB"))
    same(w.qbg_revenue_amount_minor(w.workspace, 0), 1000005)
    same(w.qbg_revenue_count(w.workspace), 2 + MANY)
    same(w.qbg_revenue_add(w.workspace, b"daisy", 2025, 10, 2**63 - 1, b"RUB"), C.E_OVERFLOW)
    same(w.qbg_revenue_add(w.workspace, b"daisy", 2025, 13, 1, b"RUB"), C.E_RANGE)


@scripted("currency out_put")
def qbg_revenue_put(w):
    done = c_int32()
    for i in range(MANY):
        ok(w.qbg_revenue_put(
            w.workspace, numbered(b"iris", i), 2025, 1 + i, 100, b"EUR", done))
        same(done.value, C.PUT_CREATED)
    ok(w.qbg_revenue_put(w.workspace, b"daisy", 2025, 10, 5, b"RUB", done))
    same((done.value, w.qbg_revenue_amount_minor(w.workspace, 0)), (C.PUT_CHANGED, 5))
    ok(w.qbg_revenue_put(w.workspace, b"daisy", 2025, 10, 5, b"RUB", done))
    same(done.value, C.PUT_SAME)
    same(w.qbg_revenue_put(w.workspace, b"daisy", 2025, 13, 1, b"RUB", None), C.E_RANGE)


answers("qbg_revenue_find", lambda w: {
    (w.workspace, b"tulip", 2025, 11, None): 1, (w.workspace, b"daisy", 2025, 10, b"RUB"): 0,
    (w.workspace, b"daisy", 2025, 10, None): C.NONE}, "currency")
answers("qbg_revenue_count", lambda w: {(w.workspace,): 2})
answers("qbg_revenue_customer", lambda w: {(w.workspace, 1): b"tulip", (w.workspace, 2): None})
answers("qbg_revenue_year", lambda w: {(w.workspace, 1): 2025, (w.workspace, 2): 0})
answers("qbg_revenue_month", lambda w: {(w.workspace, 1): 11, (w.workspace, 2): 0})
answers("qbg_revenue_amount_minor", lambda w: {(w.workspace, 1): 500, (w.workspace, 2): 0})
answers("qbg_revenue_currency", lambda w: {
    (w.workspace, 0): b"RUB", (w.workspace, 1): b"", (w.workspace, 2): None})

# ---- signal.h ------------------------------------------------------------------------------------

@scripted()
def qbg_signal_new(w):
    signal = c_void_p()
    ok(w.qbg_signal_new(w.workspace, signal))
    same(w.qbg_signal_time(signal), C.UNDATED)


@scripted("signal")
def qbg_signal_free(w):
    w.qbg_signal_free(w.new(w.qbg_signal_new, w.workspace))


def full_record(w):
    """A record with every cell filled."""
    record = w.remember(w.new(w.qbg_signal_new, w.workspace), "qbg_signal")
    w.put(record, b"call", AS_OF, account=w.daisy, contact=w.elena, solution=w.hr,
          opportunity=w.deal, visitor=b"v", content=b"c", event=b"e")
    return record


@scripted("signal")
def qbg_signal_clear(w):
    record = full_record(w)
    w.qbg_signal_clear(record)
    same(w.qbg_signal_time(record), C.UNDATED)
    same(w.qbg_signal_kind(record), None)
    same(w.qbg_signal_event(record), b"")


@scripted()
def qbg_signal_set_time(w):
    ok(w.qbg_signal_set_time(w.record, OPENED))
    same(w.qbg_signal_time(w.record), OPENED)
    same(w.qbg_signal_set_time(w.record, -1), C.E_RANGE)
    same(w.qbg_signal_set_time(w.record, C.UNDATED), C.E_RANGE)


@scripted()
def qbg_signal_set_kind(w):
    ok(w.qbg_signal_set_kind(w.record, b"tip"))
    same(w.qbg_signal_kind(w.record), w.tip)
    same(w.qbg_signal_set_kind(w.record, b"tap"), C.E_NOT_FOUND)


def cell(name, value_of):
    """A cell of a record: set, read, taken away."""
    setter, getter = f"qbg_signal_set_{name}", f"qbg_signal_{name}"

    def script(w):
        record, put, ask = full_record(w), getattr(w, setter), getattr(w, getter)
        for content in (value_of(w), *([b"long " * 99, b"short"] if name in TEXT_CELLS else [])):
            ok(put(record, content))
            same(ask(record), content)
        ok(put(record, None))
        same(ask(record), b"" if name in TEXT_CELLS else None)
    CALLS[setter] = Call(setter, script, (name,))


TEXT_CELLS = ("visitor", "content", "event")
cell("account", lambda w: w.tulip)
cell("contact", lambda w: w.sergey)
cell("solution", lambda w: w.crm)
cell("opportunity", lambda w: w.other)
cell("visitor", lambda w: b"v-x")
cell("content", lambda w: b"crm/x")
cell("event", lambda w: b"e9")

answers("qbg_signal_time", lambda w: {(full_record(w),): AS_OF})
answers("qbg_signal_kind", lambda w: {(full_record(w),): w.qbg_kind_find(w.workspace, b"call")})
answers("qbg_signal_account", lambda w: {(full_record(w),): w.daisy})
answers("qbg_signal_contact", lambda w: {(full_record(w),): w.elena})
answers("qbg_signal_solution", lambda w: {(full_record(w),): w.hr})
answers("qbg_signal_opportunity", lambda w: {(full_record(w),): w.deal})
answers("qbg_signal_visitor", lambda w: {(full_record(w),): b"v"})
answers("qbg_signal_content", lambda w: {(full_record(w),): b"c"})
answers("qbg_signal_event", lambda w: {(full_record(w),): b"e"})
answers("qbg_signal_category", lambda w: {(full_record(w),): C.CATEGORY_NAMED})


@scripted("out_opportunity out_duplicate")
def qbg_record(w):
    taker, duplicate = c_void_p(), c_int32()
    record = w.remember(w.new(w.qbg_signal_new, w.workspace), "qbg_signal")

    def tell(status, **cells):
        w.put(record, b"call", at(2025, 11, 14), **cells)
        same(w.qbg_record(w.workspace, record, taker, duplicate), status)

    for i in range(MANY):
        tell(C.OK, account=w.daisy, visitor=numbered(b"v", i), content=numbered(b"hr/", i),
             event=numbered(b"call", i))
        same((taker.value, duplicate.value), (w.deal, 0))
    tell(C.OK, account=w.daisy, visitor=b"v-00", content=b"hr/-00", event=b"call-00")
    same((taker.value, duplicate.value), (w.deal, 1))
    tell(C.E_CONFLICT, account=w.daisy, visitor=b"v-01", content=b"hr/-00", event=b"call-00")
    tell(C.OK, contact=w.elena, solution=w.crm)
    same(taker.value, w.other)
    tell(C.OK, visitor=b"v-other", event=b"call-00")
    same(taker.value, None)
    w.qbg_signal_clear(record)
    same(w.qbg_record(w.workspace, record, None, None), C.E_ARGUMENT)
    same(w.qbg_signal_count(w.workspace), 13 + MANY + 2)
    empty = w.empty()
    first = w.new(w.qbg_signal_new, empty)
    w.put(first, b"call", OPENED, visitor=b"v", content=b"c", event=b"e")
    ok(w.qbg_record(empty, first, None, None))
    same(w.qbg_workspace_signal_count(empty), 1)
    same(w.qbg_record(w.workspace, first, None, None), C.E_ARGUMENT)


def text_column(texts):
    """Texts as the bytes and offsets of a column."""
    ends = [sum(map(len, texts[:i])) for i in range(len(texts) + 1)]
    return b"".join(texts), (c_int64 * len(ends))(*ends)


def columns(w, count):
    """Signals by Elena, Sergey, a visitor and nobody in turn; every fifth has a wrong kind."""
    struct = STRUCTS["qbg_signal_columns"]
    numbers = [w.qbg_contact_number(w.elena), w.qbg_contact_number(w.sergey), C.NONE, C.NONE]
    rows = range(count)
    visitor = text_column([numbered(b"v", i) if i % 4 == 2 else b"" for i in rows])
    content = text_column([numbered(b"hr/", i % 6) for i in rows])
    event = text_column([numbered(b"bulk", i) if i % 2 else b"" for i in rows])
    return struct(
        size=ctypes.sizeof(struct), count=count,
        time_s=(c_int64 * count)(*[at(2025, 11, 10) + i for i in rows]),
        kind=(c_uint16 * count)(*[999 if i % 5 == 4 else 0 for i in rows]),
        contact=(c_uint32 * count)(*[numbers[i % 4] for i in rows]),
        account=(c_uint32 * count)(*[0 if i % 4 == 2 else C.NONE for i in rows]),
        visitor=visitor[0], visitor_offsets=visitor[1], content=content[0],
        content_offsets=content[1], event=event[0], event_offsets=event[1])


@scripted("row_status out_refused")
def qbg_append(w):
    statuses, refused = (c_int32 * 40)(), c_uint64()
    ok(w.qbg_append(w.workspace, columns(w, 40), statuses, refused))
    same((refused.value, statuses[0], statuses[4]), (8, C.OK, C.E_RANGE))
    same(w.qbg_signal_count(w.workspace), 13 + 32)
    ok(w.qbg_append(w.workspace, columns(w, 40), statuses, refused))
    same((refused.value, statuses[1], statuses[4]), (8, C.DUPLICATE, C.E_RANGE))
    same(w.qbg_signal_count(w.workspace), 13 + 32 + 16)
    ok(w.qbg_append(w.workspace, columns(w, 0), None, None))
    empty = w.empty()
    ok(w.qbg_append(empty, columns(w, 4), statuses, refused))
    same((refused.value, list(statuses[:4])), (3, [C.E_RANGE, C.E_RANGE, C.E_RANGE, C.OK]))


answers("qbg_signal_count", lambda w: {(w.workspace,): 13})
answers("qbg_opportunity_signal_count", lambda w: {(w.deal,): 7, (w.old,): 1})
answers("qbg_account_signal_count", lambda w: {(w.daisy,): 1, (w.tulip,): 1})
answers("qbg_workspace_signal_count", lambda w: {(w.workspace,): 2})


def walk(w, function, row, count):
    """The signals of a log as (kind, contact, visitor, content, event), sorted."""
    found = []
    for i in range(count):
        record = w.new(w.qbg_signal_new, w.workspace)
        ok(function(row, i, record))
        found.append((w.qbg_kind_key(w.qbg_signal_kind(record)),
                      w.qbg_contact_key(w.qbg_signal_contact(record)), w.qbg_signal_visitor(record),
                      w.qbg_signal_content(record), w.qbg_signal_event(record)))
    same(function(row, count, w.record), C.E_RANGE)
    return sorted(found)


@scripted()
def qbg_opportunity_signal_at(w):
    found = walk(w, w.qbg_opportunity_signal_at, w.deal, 7)
    same(found[0], (b"content_download", b"elena", b"", b"hr/b", b"e1"))
    same(found[2], (b"page_view", b"", b"v-elena", b"hr/a", b""))


@scripted()
def qbg_account_signal_at(w):
    found = walk(w, w.qbg_account_signal_at, w.daisy, 1)
    same(found, [(b"page_view", b"", b"v-guest", b"", b"")])


@scripted()
def qbg_workspace_signal_at(w):
    found = walk(w, w.qbg_workspace_signal_at, w.workspace, 2)
    same(found, [(b"content_download", b"lead", b"", b"blog", b""),
                 (b"page_view", b"", b"v-nobody", b"", b"")])


# ---- status.h ------------------------------------------------------------------------------------

@scripted()
def qbg_status_text(w):
    known = [w.qbg_status_text(status) for status in range(C.DUPLICATE + 1)]
    same(len(set(known)), C.DUPLICATE + 1)
    same(w.qbg_status_text(-1), b"unknown status")
    same(w.qbg_status_text(10**6), b"unknown status")


@scripted()
def qbg_version(w):
    same(w.qbg_version().count(b"."), 2)


@scripted()
def qbg_abi_version(w):
    same(w.qbg_abi_version() >= 0, True)


# ---- baseline.h ----------------------------------------------------------------------------------

def baseline_of(w):
    """One that knows of the fixture: four account-solutions at each of two accounts."""
    baseline = w.remember(w.new(w.qbg_baseline_new, w.allocator.struct), "qbg_baseline")
    ok(w.qbg_baseline_add(baseline, w.workspace, OPENED, AS_OF))
    return baseline


def figure_of(w, baseline, key):
    return w.qbg_baseline_figure(baseline, w.qbg_baseline_figure_find(key))


@scripted("allocator")
def qbg_baseline_new(w):
    baseline = c_void_p()
    ok(w.qbg_baseline_new(w.allocator.struct, baseline))
    same(figure_of(w, baseline, b"period_s"), 0)
    small = type(w.allocator.struct)(8, None, w.allocator.struct.resize)
    same(w.qbg_baseline_new(small, baseline), C.E_ARGUMENT)


@scripted("baseline")
def qbg_baseline_free(w):
    w.qbg_baseline_free(baseline_of(w))


@scripted()
def qbg_baseline_add(w):
    baseline = w.new(w.qbg_baseline_new, w.allocator.struct)
    w.saw_many(MANY, account=w.tulip, solution=w.crm)
    ok(w.qbg_baseline_add(baseline, w.workspace, OPENED, AS_OF))
    same(figure_of(w, baseline, b"period_s"), AS_OF - OPENED)
    same(figure_of(w, baseline, b"contacts.3"), 1)
    same(figure_of(w, baseline, b"visitors.%d" % MANY), 1)
    ok(w.qbg_baseline_add(baseline, w.workspace, OPENED, AS_OF))
    same(figure_of(w, baseline, b"contacts.3"), 2)
    same(w.qbg_baseline_add(baseline, w.workspace, OPENED, OPENED), C.E_RANGE)
    same(w.qbg_baseline_add(baseline, w.workspace, OPENED, AS_OF - 1), C.E_ARGUMENT)


answers("qbg_baseline_figure_count", lambda w: {(): 163})
answers("qbg_baseline_figure_key", lambda w: {
    (0,): b"period_s", (2,): b"contacts.1", (162,): b"visitors.1048576", (163,): None, (-1,): None})
answers("qbg_baseline_figure_find", lambda w: {
    (b"period_s",): 0, (b"contacts.20",): 18, (b"contacts.17",): -1})


def with_figures(w):
    baseline = baseline_of(w)
    return {(baseline, 0): AS_OF - OPENED, (baseline, 4): 1, (baseline, -1): 0, (baseline, 163): 0}


answers("qbg_baseline_figure", with_figures)


@scripted()
def qbg_baseline_set_figure(w):
    baseline = baseline_of(w)
    ok(w.qbg_baseline_set_figure(baseline, b"contacts.20", 7))
    same(figure_of(w, baseline, b"contacts.20"), 7)
    same(w.qbg_baseline_set_figure(baseline, b"contacts.20", -1), C.E_RANGE)
    same(w.qbg_baseline_set_figure(baseline, b"contacts.21", 7), C.E_NOT_FOUND)


# ---- batch.h, revision.h -------------------------------------------------------------------------

@scripted()
def qbg_workspace_begin(w):
    ok(w.qbg_workspace_begin(w.workspace))
    same(w.qbg_workspace_begin(w.workspace), C.E_BUSY)
    same(w.qbg_board(w.workspace, AS_OF, 0, C.NONE, 1, c_void_p()), C.E_BUSY)
    ok(w.qbg_workspace_rollback(w.workspace))


@scripted()
def qbg_workspace_commit(w):
    same(w.qbg_workspace_commit(w.workspace), C.E_ARGUMENT)
    revision = w.qbg_workspace_revision(w.workspace)
    ok(w.qbg_workspace_begin(w.workspace))
    ok(w.qbg_account_set_name(w.daisy, b"Daisy"))
    ok(w.qbg_opportunity_set_closed(w.deal, at(2025, 10, 1)))
    ok(w.qbg_workspace_commit(w.workspace))
    same(w.qbg_workspace_revision(w.workspace), revision + 1)
    same(w.qbg_account_name(w.daisy), b"Daisy")


@scripted()
def qbg_workspace_rollback(w):
    same(w.qbg_workspace_rollback(w.workspace), C.E_ARGUMENT)
    before = w.state()
    ok(w.qbg_workspace_begin(w.workspace))
    ok(w.qbg_account_set_name(w.daisy, b"Daisy"))
    ok(w.qbg_contact_remove(w.elena, 1))
    ok(w.qbg_workspace_rollback(w.workspace))
    same(w.state() == before, True)


@scripted()
def qbg_workspace_is_busy(w):
    same(w.qbg_workspace_is_busy(w.workspace), 0)
    ok(w.qbg_workspace_begin(w.workspace))
    same(w.qbg_workspace_is_busy(w.workspace), 1)
    ok(w.qbg_workspace_commit(w.workspace))


@scripted()
def qbg_workspace_revision(w):
    revision = w.qbg_workspace_revision(w.workspace)
    ok(w.qbg_account_set_name(w.daisy, b"Daisy"))
    ok(w.qbg_account_set_name(w.daisy, b"Daisy"))  # told again
    same(w.qbg_workspace_revision(w.workspace), revision + 1)


@scripted()
def qbg_workspace_changes(w):
    table = c_void_p()
    revision = w.qbg_workspace_revision(w.workspace)
    ok(w.qbg_opportunity_set_tag(w.other, 77))
    ok(w.qbg_workspace_changes(w.workspace, revision, table))
    same(w.qbg_table_row_count(table), 1)
    same(text_at(w, table, b"opportunity", 0), b"daisy-crm")
    tag = w.qbg_table_column_find(table, b"opportunity_tag")
    same(w.qbg_table_uint64_at(table, tag, 0), 77)
    for i in range(MANY):
        w.new(w.qbg_opportunity_add, w.workspace, numbered(b"more", i), w.tulip, w.crm, OPENED)
    ok(w.qbg_workspace_changes(w.workspace, 0, table))
    same(w.qbg_table_row_count(table), 3 + MANY)


@scripted()
def qbg_board_since(w):
    table = c_void_p()
    revision = w.qbg_workspace_revision(w.workspace)
    ok(w.qbg_board_since(w.workspace, AS_OF, revision, 1, table))
    same(w.qbg_table_row_count(table), 0)
    ok(w.qbg_member_set_stance(w.member, C.STANCE_BLOCKER, C.UNDATED, C.SOURCE_HOST))
    ok(w.qbg_board_since(w.workspace, AS_OF, revision, 1, table))
    same(w.qbg_table_row_count(table), 1)
    same(text_at(w, table, b"opportunity", 0), b"daisy-hr")
    same(w.qbg_board_since(w.workspace, AS_OF, 0, 2, table), C.E_ARGUMENT)


# ---- tags ----------------------------------------------------------------------------------------

def tagged(noun, row):
    """The tag of a row: 0 until it is set."""
    def set_tag(w):
        ok(getattr(w, f"qbg_{noun}_set_tag")(row(w), 2**64 - 1))
        same(getattr(w, f"qbg_{noun}_tag")(row(w)), 2**64 - 1)

    def tag(w):
        same(getattr(w, f"qbg_{noun}_tag")(row(w)), 0)
        ok(getattr(w, f"qbg_{noun}_set_tag")(row(w), 7))
        same(getattr(w, f"qbg_{noun}_tag")(row(w)), 7)

    CALLS[f"qbg_{noun}_set_tag"] = Call(f"qbg_{noun}_set_tag", set_tag, ())
    CALLS[f"qbg_{noun}_tag"] = Call(f"qbg_{noun}_tag", tag, ())


tagged("account", lambda w: w.daisy)
tagged("contact", lambda w: w.elena)
tagged("kind", lambda w: w.tip)
tagged("member", lambda w: w.member)
tagged("opportunity", lambda w: w.deal)
tagged("role", lambda w: w.champion)
tagged("solution", lambda w: w.hr)
tagged("template", lambda w: w.small)

# ---- merge.h, removal.h --------------------------------------------------------------------------

@scripted()
def qbg_account_merge(w):
    ok(w.qbg_account_merge(w.tulip, w.daisy))
    same(w.qbg_account_find(w.workspace, b"daisy"), w.tulip)
    same(w.qbg_account_key(w.daisy), b"tulip")
    same(w.qbg_opportunity_account(w.deal), w.tulip)
    ok(w.qbg_account_merge(w.daisy, w.tulip))  # they are one
    ok(w.qbg_account_remove(w.daisy, 1))
    same(w.qbg_account_merge(w.tulip, w.daisy), C.E_GONE)


@scripted()
def qbg_contact_merge(w):
    for i in range(MANY):
        more = w.new(w.qbg_contact_add, w.workspace, numbered(b"dup", i), w.daisy, b"Elena", None)
        ok(w.qbg_opportunity_add_member(w.deal, more, w.technical))
        ok(w.qbg_contact_add_visitor(more, b"v-%d" % i))
        ok(w.qbg_contact_merge(w.elena, more))
        same(w.qbg_contact_key(more), b"elena")
    same(w.qbg_contact_visitor_count(w.elena), 1 + MANY)
    same(w.qbg_member_has_role(w.member, w.technical, AS_OF), 1)
    ok(w.qbg_contact_merge(w.sergey, w.elena))
    same(w.qbg_contact_find(w.workspace, b"dup-00"), w.sergey)
    ok(w.qbg_contact_erase(w.olga))
    same(w.qbg_contact_merge(w.sergey, w.olga), C.E_ERASED)


@scripted()
def qbg_member_remove(w):
    signals = w.qbg_opportunity_signal_count(w.deal)
    ok(w.qbg_member_remove(w.member))
    same(w.qbg_member_find(w.deal, w.elena), None)
    same(w.qbg_opportunity_signal_count(w.deal) < signals, True)
    same(w.qbg_member_remove(w.member), C.E_GONE)


@scripted()
def qbg_opportunity_remove(w):
    same(w.qbg_opportunity_remove(w.deal, 0), C.E_IN_USE)
    same(w.qbg_opportunity_remove(w.deal, 2), C.E_ARGUMENT)
    ok(w.qbg_opportunity_remove(w.deal, 1))
    same(w.qbg_opportunity_find(w.workspace, b"daisy-hr"), None)
    same(w.qbg_signal_count(w.workspace), 13)
    same(w.qbg_opportunity_remove(w.deal, 1), C.E_GONE)


@scripted()
def qbg_contact_remove(w):
    same(w.qbg_contact_remove(w.elena, 0), C.E_IN_USE)
    ok(w.qbg_contact_remove(w.elena, 1))
    same(w.qbg_contact_find(w.workspace, b"elena"), None)
    same(w.qbg_signal_count(w.workspace), 11)
    same(w.qbg_contact_remove(w.elena, 1), C.E_GONE)


@scripted()
def qbg_account_remove(w):
    same(w.qbg_account_remove(w.daisy, 0), C.E_IN_USE)
    ok(w.qbg_account_remove(w.daisy, 1))
    same(w.qbg_account_find(w.workspace, b"daisy"), None)
    same(w.qbg_contact_account(w.elena, AS_OF), None)
    same(w.qbg_opportunity_is_alive(w.deal), 0)


answers("qbg_account_is_alive", lambda w: {(w.daisy,): 1})
answers("qbg_contact_is_alive", lambda w: {(w.elena,): 1})
answers("qbg_member_is_alive", lambda w: {(w.member,): 1})
answers("qbg_opportunity_is_alive", lambda w: {(w.deal,): 1})


@scripted()
def qbg_opportunity_set_account(w):
    ok(w.qbg_opportunity_set_account(w.deal, w.tulip))
    same(w.qbg_opportunity_account(w.deal), w.tulip)


@scripted()
def qbg_opportunity_set_solution(w):
    ok(w.qbg_opportunity_set_solution(w.deal, w.crm))
    same(w.qbg_opportunity_solution(w.deal), w.crm)


# ---- erasure.h -----------------------------------------------------------------------------------

@scripted()
def qbg_contact_erase(w):
    ok(w.qbg_contact_erase(w.elena))
    same(w.qbg_contact_find(w.workspace, b"elena"), None)
    same(w.qbg_contact_name(w.elena), b"")
    same(w.qbg_contact_add(w.workspace, b"elena", None, None, None, None), C.E_ERASED)
    ok(w.qbg_contact_erase(w.elena))
    ok(w.qbg_contact_erase(w.sergey))


@scripted()
def qbg_contact_is_erased(w):
    same(w.qbg_contact_is_erased(w.elena), 0)
    ok(w.qbg_contact_erase(w.elena))
    same(w.qbg_contact_is_erased(w.elena), 1)


@scripted()
def qbg_contact_readmit(w):
    same(w.qbg_contact_readmit(w.workspace, b"elena"), C.E_NOT_FOUND)
    ok(w.qbg_contact_erase(w.elena))
    ok(w.qbg_contact_readmit(w.workspace, b"elena"))
    ok(w.qbg_contact_add(w.workspace, b"elena", None, None, None, None))
    same(w.qbg_contact_is_erased(w.elena), 1)


@scripted()
def qbg_contact_remove_visitor(w):
    ok(w.qbg_contact_remove_visitor(w.elena, b"v-elena"))
    same(w.qbg_contact_visitor_count(w.elena), 0)
    same(w.qbg_contact_remove_visitor(w.elena, b"v-elena"), C.E_NOT_FOUND)


@scripted()
def qbg_retract(w):
    w.qbg_signal_clear(w.record)
    same(w.qbg_retract(w.workspace, w.record), C.E_ARGUMENT)
    ok(w.qbg_signal_set_event(w.record, b"e1"))
    ok(w.qbg_signal_set_contact(w.record, w.elena))
    ok(w.qbg_retract(w.workspace, w.record))
    same(w.qbg_signal_count(w.workspace), 12)
    same(w.qbg_retract(w.workspace, w.record), C.E_NOT_FOUND)


# ---- table.h -------------------------------------------------------------------------------------

def tabled(name, column, *pairs, may_be_null=""):
    """Getters of the whole board: arguments behind table and column, and the answer."""
    def with_table(w):
        table = w.board()
        place = w.qbg_table_column_find(table, column) if column else -1
        return {(table, place, *arguments): expected for arguments, expected in pairs}
    answers("qbg_table_" + name, with_table, may_be_null)


answers("qbg_table_row_count", lambda w: {(w.board(),): 3})


@scripted()
def qbg_table_column_count(w):
    table = w.board()
    count = w.qbg_table_column_count(table)
    same(w.qbg_table_column_name(table, count - 1) is not None, True)
    same(w.qbg_table_column_name(table, count), None)


answers("qbg_table_column_name", lambda w: {(w.board(), 0): b"opportunity", (w.board(), -1): None})
answers("qbg_table_column_find", lambda w: {(w.board(), b"opportunity"): 0, (w.board(), b"x"): -1})
tabled("column_type", b"priority", ((), C.COLUMN_DOUBLE))
tabled("is_null", b"next_contact", ((0,), 0), ((1,), 1), ((3,), 1), ((-1,), 1))
tabled("int64_at", b"next_contact", ((0,), at(2025, 12, 1)), ((1,), 0), ((3,), 0))
tabled("double_at", b"priority", ((0,), PRIORITY), ((3,), 0.0))
tabled("uint64_at", b"opportunity_tag", ((0,), 0), ((3,), 0))


@scripted("out_size")
def qbg_table_text_at(w):
    table, size = w.board(), c_int64()
    where = w.qbg_table_text_at(table, 0, 1, size)
    same(ctypes.string_at(where, size.value), b"daisy-crm")
    w.qbg_table_text_at(table, 0, 3, size)
    same(size.value, 0)


@scripted()
def qbg_table_int64_column(w):
    table = w.board()
    found = w.qbg_table_int64_column(table, w.qbg_table_column_find(table, b"opportunity_number"))
    same(found[:3], [0, 1, 2])
    same(bool(w.qbg_table_int64_column(table, 0)), False)


@scripted()
def qbg_table_uint64_column(w):
    ok(w.qbg_opportunity_set_tag(w.other, 5))
    table = w.board()
    found = w.qbg_table_uint64_column(table, w.qbg_table_column_find(table, b"opportunity_tag"))
    same(found[:3], [0, 5, 0])
    same(bool(w.qbg_table_uint64_column(table, 0)), False)


@scripted()
def qbg_table_double_column(w):
    table = w.board()
    found = w.qbg_table_double_column(table, w.qbg_table_column_find(table, b"priority"))
    same(found[0], PRIORITY)
    same(bool(w.qbg_table_double_column(table, 0)), False)


@scripted("out_offsets")
def qbg_table_text_column(w):
    table, offsets = w.board(), ctypes.POINTER(c_int64)()
    where = w.qbg_table_text_column(table, 0, byref(offsets))
    same(ctypes.string_at(where, offsets[3]), b"daisy-hrdaisy-crmtulip-hr")
    same(offsets[:4], [0, 8, 17, 25])


@scripted()
def qbg_table_validity(w):
    table = w.board()
    found = w.qbg_table_validity(table, w.qbg_table_column_find(table, b"next_contact"))
    same(found[0] & 7, 1)
    same(bool(w.qbg_table_validity(table, 0)), False)


@scripted("table")
def qbg_table_free(w):
    w.qbg_table_free(w.board())


# ---- template.h ----------------------------------------------------------------------------------

@scripted("out_template")
def qbg_template_add(w):
    for i in range(MANY):
        template = c_void_p()
        ok(w.qbg_template_add(w.workspace, numbered(b"t", i), template))
        same(w.qbg_template_number(template), 2 + i)
    same(w.qbg_template_add(w.workspace, b"small", None), C.E_EXISTS)


@scripted("out_template out_put")
def qbg_template_put(w):
    template, put = c_void_p(), c_int32()
    ok(w.qbg_template_put(w.workspace, b"small", template, put))
    same((template.value, put.value), (w.small, C.PUT_SAME))
    ok(w.qbg_template_put(w.workspace, b"tiny", template, put))
    same(w.qbg_template_seat_count(template), 0)


answers("qbg_template_find", lambda w: {
    (w.workspace, b"small"): w.small, (w.workspace, b"tiny"): None})
answers("qbg_template_count", lambda w: {(w.workspace,): 2})
answers("qbg_template_at", lambda w: {(w.workspace, 0): w.standard, (w.workspace, 2): None})
answers("qbg_template_number", lambda w: {(w.small,): 1})
answers("qbg_template_key", lambda w: {(w.small,): b"small"})


@scripted()
def qbg_template_set_seat(w):
    for i in range(w.qbg_role_count(w.workspace)):
        role = w.qbg_role_at(w.workspace, i)
        ok(w.qbg_template_set_seat(w.small, role, 1 + i, 1 + i % 16, i % 2))
    same(w.qbg_template_seat_count(w.small), 16)
    same(w.qbg_template_seat_weight_milli(w.small, 0), 4)  # the champion's came first
    same(w.qbg_template_set_seat(w.small, w.champion, 0, 1, 0), C.E_RANGE)
    same(w.qbg_template_set_seat(w.small, w.champion, 1, 17, 0), C.E_RANGE)


@scripted("departments")
def qbg_template_set_seat_personas(w):
    call, departments = w.qbg_template_set_seat_personas, (c_int32 * 1)(C.DEPARTMENT_LEGAL)
    ok(call(w.small, w.champion, departments, 0, C.UNSET))
    ok(call(w.small, w.champion, departments, 1, C.SENIORITY_VP))
    same(w.qbg_template_seat_has_department(w.small, 0, C.DEPARTMENT_LEGAL), 1)
    same(call(w.small, w.security, departments, 1, C.UNSET), C.E_NOT_FOUND)
    same(call(w.small, w.champion, departments, 1, 6), C.E_ARGUMENT)


answers("qbg_template_seat_count", lambda w: {(w.small,): 2, (w.standard,): 6})
answers("qbg_template_seat_role", lambda w: {(w.small, 1): w.technical, (w.small, 2): None})
answers("qbg_template_seat_weight_milli", lambda w: {(w.small, 1): 1500, (w.small, 2): 0})
answers("qbg_template_seat_people", lambda w: {(w.small, 1): 2, (w.small, 2): 0})
answers("qbg_template_seat_is_required", lambda w: {(w.small, 1): 1, (w.small, 0): 0})
answers("qbg_template_seat_has_department", lambda w: {
    (w.small, 1, C.DEPARTMENT_IT): 1, (w.small, 1, C.DEPARTMENT_HR): 0, (w.small, 1, 99): 0})
answers("qbg_template_seat_min_seniority", lambda w: {
    (w.small, 1): C.SENIORITY_SPECIALIST, (w.small, 0): C.UNSET, (w.small, 2): C.UNSET})

# ---- vocabulary.h --------------------------------------------------------------------------------

VERDICTS = C.WORDS_VERDICT


@scripted()
def qbg_vocabulary_count(w):
    names = {w.qbg_vocabulary_name(i) for i in range(w.qbg_vocabulary_count())}
    same(len(names), w.qbg_vocabulary_count())
    same(w.qbg_vocabulary_name(w.qbg_vocabulary_count()), None)


answers("qbg_vocabulary_name", lambda w: {(VERDICTS,): b"verdict", (-1,): None})
answers("qbg_word_count", lambda w: {(VERDICTS,): 4, (-1,): 0, (999,): 0})
answers("qbg_word_key", lambda w: {
    (VERDICTS, C.VERDICT_SINGLE_THREADED): b"single_threaded", (VERDICTS, 4): b""})
answers("qbg_word_label", lambda w: {
    (VERDICTS, C.VERDICT_SINGLE_THREADED, b"ru"): "один контакт".encode(),
    (VERDICTS, C.VERDICT_SINGLE_THREADED, b"de"): b"single-threaded"}, "lang")
answers("qbg_word_find", lambda w: {
    (VERDICTS, b"qualified"): C.VERDICT_QUALIFIED, (VERDICTS, b"x"): C.UNSET})
answers("qbg_verdict_label", lambda w: {
    (C.VERDICT_SINGLE_THREADED, b"ru"): "один контакт".encode()}, "lang")


@scripted()
def qbg_constant_count(w):
    same(w.qbg_constant_count(), len(headers.constants()))


@scripted()
def qbg_constant_name(w):
    found = {w.qbg_constant_name(i).decode() for i in range(w.qbg_constant_count())}
    same(found, {item.name for item in headers.constants()})


@scripted()
def qbg_constant_value(w):
    found = {w.qbg_constant_name(i).decode(): w.qbg_constant_value(i)
             for i in range(w.qbg_constant_count())}
    same(found, {item.name: item.value for item in headers.constants()})


# ---- workspace.h ---------------------------------------------------------------------------------

@scripted("allocator")
def qbg_workspace_new(w):
    workspace = c_void_p()
    ok(w.qbg_workspace_new(w.allocator.struct, workspace))
    same(w.qbg_role_count(workspace), 15)
    small = type(w.allocator.struct)(8, None, w.allocator.struct.resize)
    same(w.qbg_workspace_new(small, workspace), C.E_ARGUMENT)


@scripted("workspace")
def qbg_workspace_free(w):
    workspace = w.new(w.qbg_workspace_new, w.allocator.struct)
    w.new(w.qbg_contact_add, workspace, b"x", None, b"X", b"CFO")
    record = w.new(w.qbg_signal_new, workspace)
    w.qbg_workspace_free(workspace)
    w.qbg_signal_free(record)


@scripted()
def qbg_workspace_bytes(w):
    before = w.qbg_workspace_bytes(w.workspace)
    record = w.allocator.bytes - before  # the record's, which is no part of it
    for i in range(MANY):
        ok(w.qbg_account_set_name(w.daisy, b"x" * 10**i if i < 6 else None))
        same(w.qbg_workspace_bytes(w.workspace), w.allocator.bytes - record)


@scripted()
def qbg_workspace_set_limit(w):
    held = w.qbg_workspace_bytes(w.workspace)
    ok(w.qbg_workspace_set_limit(w.workspace, held))
    same(w.qbg_account_set_name(w.daisy, b"x" * 10000), C.E_MEMORY)
    same(w.qbg_account_name(w.daisy), "Красная ромашка".encode())
    same(w.qbg_workspace_bytes(w.workspace), held)
    ok(w.qbg_workspace_set_limit(w.workspace, held + 20000))
    ok(w.qbg_account_set_name(w.daisy, b"x" * 10000))
    ok(w.qbg_workspace_set_limit(w.workspace, held))
    same(w.qbg_account_set_name(w.daisy, b"xy"), C.E_MEMORY)
    ok(w.qbg_account_set_name(w.daisy, None))
    ok(w.qbg_workspace_set_limit(w.workspace, 0))
    ok(w.qbg_account_set_name(w.daisy, b"x" * 10000))


@scripted()
def qbg_workspace_limit(w):
    same(w.qbg_workspace_limit(w.workspace), 0)
    ok(w.qbg_workspace_set_limit(w.workspace, 2**63))
    same(w.qbg_workspace_limit(w.workspace), 2**63)


answers("qbg_workspace_policy", lambda w: {(w.workspace,): w.policy})
