"""Compares everything that the library answers with what the naive workspace does."""
import life
import tables
from library import C
from life import live

NOUNS = {"account": "accounts", "contact": "contacts", "opportunity": "opportunities"}
SEAT_STATES = "missing dark engaged supportive".split()
RATIOS = ("priority intent coverage_identified coverage_engaged coverage_supportive "
          "completeness").split()


class Different(Exception):
    """What the library and the naive workspace do not agree on."""


def first_difference(one, other):
    """Where two answers first differ, as (path, what the one says, what the other)."""
    pairs = []
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f", {name}", one.get(name, "(absent)"), other.get(name, "(absent)"))
                 for name in [*one, *(name for name in other if name not in one)]]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f" [{index}]", *pair) for index, pair in enumerate(zip(one, other))]
    for path, mine, theirs in pairs:
        if mine != theirs:
            deeper, mine, theirs = first_difference(mine, theirs)
            return path + deeper, mine, theirs
    return "", one, other


def check(what, found, expected):
    if found != expected:
        path, found, expected = first_difference(found, expected)
        raise Different(f"{what}{path}:\n    library {found!r}\n    naive   {expected!r}")


def hexed(value):
    return float(value).hex()


# ---- rows ----------------------------------------------------------------------------------------


def fields_of(world, noun, row):
    """What the getters of a row say, naively."""
    found = {"key": row.key, "tag": row.tag, "name": row.name}
    if noun == "account":
        found |= {"potential_minor": row.potential, "currency": row.currency,
                  "domains": sorted(row.domains)}
    if noun == "contact":
        department, seniority, confidence = world.persona(row)
        found |= {"title": row.title, "email": row.email,
                  "company": row.company, "department": department,
                  "seniority": seniority, "persona_confidence": confidence,
                  "is_erased": int(row.is_erased),
                  "visitors": sorted(id for id, who in world.visitors.items() if who is row)}
    if noun == "opportunity":
        found |= {"type": row.type, "opened": row.opened, "closed": row.closed,
                  "currency": row.currency, "account": row.account.key, "solution": row.solution}
    return found


def asked_fields(host, noun, pointer):
    """The same of the library."""
    found = {"key": host.row_key(noun, pointer), "tag": getattr(host, noun + "_tag")(pointer),
             "name": host.text(noun + "_name", pointer)}
    if noun == "account":
        found |= {"potential_minor": host.account_potential_minor(pointer),
                  "currency": host.text("account_currency", pointer),
                  "domains": sorted(host.text("account_domain", pointer, i) for i in
                                    range(host.account_domain_count(pointer)))}
    if noun == "contact":
        found |= {name: getattr(host, "contact_" + name)(pointer) for name in
                  ("department", "seniority", "persona_confidence", "is_erased")}
        found |= {name: host.text("contact_" + name, pointer) for name in
                  ("title", "email", "company")}
        found["visitors"] = sorted(host.text("contact_visitor", pointer, i) for i in
                                   range(host.contact_visitor_count(pointer)))
    if noun == "opportunity":
        found |= {"type": host.opportunity_type(pointer),
                  "opened": host.time("opportunity_opened", pointer),
                  "closed": host.time("opportunity_closed", pointer),
                  "currency": host.text("opportunity_currency", pointer),
                  "account": host.row_key("account", host.opportunity_account(pointer)),
                  "solution": host.row_key("solution", host.opportunity_solution(pointer))}
    return found


def compare_rows(world, host):
    """Every row by its number; and every handle ever given."""
    for noun, name in NOUNS.items():
        rows = getattr(world, name)
        check(f"{noun} count", getattr(host, noun + "_count")(host.workspace), len(rows))
        for row in rows:
            pointer = getattr(host, noun + "_at")(host.workspace, row.number)
            what = f"{noun} {row.number} ({row.key})"
            check(f"{what} is there", bool(pointer), live(row) is row)
            if pointer:
                check(what, asked_fields(host, noun, pointer), fields_of(world, noun, row))
            if live(row):
                check(f"{what} found by its key",
                      host.row_key(noun, getattr(host, noun + "_find")(
                          host.workspace, row.key.encode())), live(row).key)
    compare_handles(world, host)
    for opportunity in life.alive(world.opportunities):
        compare_members(world, host, opportunity)


def compare_handles(world, host):
    for name, row in world.rows.items():
        pointer, noun = host.handles[name], host.nouns[name]
        what = f"{noun} of {name}"
        check(f"{what} is alive", getattr(host, noun + "_is_alive")(pointer), int(live(row) is not None))
        if noun == "member":
            contact = host.member_contact(pointer)
            check(f"{what} is", host.row_key("contact", contact),
                  live(row).contact.key if live(row) else "")
            continue
        check(f"{what} leads to", getattr(host, noun + "_number")(pointer),
              live(row).number if live(row) else C.NONE)
        check(f"{what} key", host.row_key(noun, pointer), live(row).key if live(row) else "")


def compare_members(world, host, opportunity):
    pointer = host.opportunity_find(host.workspace, opportunity.key.encode())
    members = tables.members_by_key(world, opportunity)
    what = f"members of {opportunity.key}"
    check(what, [host.row_key("contact", host.member_contact(host.member_at(pointer, i)))
                 for i in range(host.member_count(pointer))],
          [member.contact.key for member in members])
    for i, member in enumerate(members):
        at = host.member_at(pointer, i)
        check(f"{what}, {member.contact.key}", {
            "joined": host.time("member_joined", at), "left": host.time("member_left", at),
            "next": host.time("member_next_contact", at), "note": host.text("member_note", at),
            "tag": host.member_tag(at)}, {
            "joined": member.joined, "left": member.left, "next": member.next_contact,
            "note": member.note, "tag": member.tag})


# ---- answers -------------------------------------------------------------------------------------


def assessment(world, answers, opportunity, instant):
    """An assessment as host.assess() gives it."""
    answer = answers.assess(opportunity, instant)
    found = {name: hexed(answer[name]) for name in RATIOS}
    found |= {name: answer[name] for name in
              ("opportunity", "account", "solution", "members_identified", "members_engaged",
               "anonymous_visitors")}
    present = [world.member_of(opportunity, world.find(world.contacts, row["contact"]))
               for row in answer["members"]]
    found["as_of"] = instant
    found["verdict"] = life.VERDICTS.index(answer["verdict"])
    found["silent_days"] = -1 if answer["silent_days"] is None else answer["silent_days"]
    found["next_contact"] = min((member.next_contact for member in present
                                 if member.next_contact is not None), default=C.UNDATED)
    found["missing"] = answer["missing_roles"]
    found["seats"] = [[seat["role"], SEAT_STATES.index(seat["state"]), seat["filled"],
                       seat["wanted"], int(seat["required"]), seat["people"]]
                      for seat in answer["seats"]]
    found["criteria"] = [[criterion_number(row["criterion"]), life.MODES.index(row["mode"]),
                          int(row["pass"]), int(row["held"]), figure(row["actual"]),
                          figure(row["threshold"])] for row in answer["criteria"]]
    found["members"] = [member_row(answers, opportunity, member, row, instant)
                        for member, row in zip(present, answer["members"])]
    return found


def criterion_number(name):
    return tables.model.CRITERIA.index(name)


def figure(value):
    return None if value is None else hexed(value)


def member_row(answers, opportunity, member, row, instant):
    last = row["last_signal"]
    return [row["contact"], member.contact.name,
            int(bool(row["roles"])
                and not answers.is_asserted(opportunity, row["contact"], instant)),
            row["points_int"],
            hexed(row["points"]), hexed(row["engagement"]), int(row["engaged"]),
            life.PARTICIPATIONS.index(row["participation"]),
            life.INTERESTS.index(row["interest"]), life.STANCES.index(row["stance"]),
            C.UNDATED if last is None else tables.model.parse_time(last), row["roles"]]


def board_row(world, opportunity, answer):
    """A row of the board."""
    solution = world.solutions[opportunity.solution]
    found = {name: answer[name] for name in
             RATIOS + ["opportunity", "account", "solution", "members_identified",
                       "members_engaged", "anonymous_visitors"]}
    found["verdict"] = life.VERDICTS[answer["verdict"]]
    found["silent_days"] = None if answer["silent_days"] < 0 else answer["silent_days"]
    found["missing_roles"] = ";".join(answer["missing"])
    found["next_contact"] = None if answer["next_contact"] == C.UNDATED else answer["next_contact"]
    found["opportunity_number"] = opportunity.number
    found |= {"opportunity_tag": opportunity.tag, "account_tag": opportunity.account.tag,
              "solution_tag": solution.tag}
    return found


def is_open(opportunity, instant, include_closed):
    if opportunity.opened is not None and opportunity.opened > instant:
        return False
    return include_closed or opportunity.closed is None or opportunity.closed > instant


def compare_boards(world, host, assessments, instant):
    for include_closed in (0, 1):
        rows = [board_row(world, opportunity, assessments[opportunity.key, instant])
                for opportunity in life.alive(world.opportunities)
                if is_open(opportunity, instant, include_closed)]
        rows.sort(key=lambda row: (-float.fromhex(row["priority"]),
                                   life.by_bytes(row["opportunity"])))
        check(f"board as of {instant}", host.board(instant, include_closed), rows)


def compare_ledgers(answers, host, opportunity, pointer, instant):
    for contact in life.alive(answers.world.contacts):
        found = host.ledger(pointer, host.contact_at(host.workspace, contact.number), instant)
        rows = [(row["time"], row["kind"], row["content"] or "", row["event"] or "",
                 row["points_milli"], row["age_days"], row["decay"], row["contribution"],
                 row["kind_tag"]) for row in found]
        check(f"ledger of {contact.key} on {opportunity.key} as of {instant}", rows,
              answers.ledger(opportunity, contact, instant))


def history_rows(contact, need, facts):
    for (field, since), (source, value) in tables.dated(facts):
        text = str(value) if isinstance(value, int) else tables.value_text(value, "") or None
        if text is None and since is None:
            continue  # a word withdrawn for ever was never said
        yield {"contact": contact.key if contact else None, "need": need, "field": field,
               "value": text,
               "from": since, "source": life.SOURCES[source],
               "contact_tag": contact.tag if contact else None}


def compare_history(world, host, opportunity, pointer):
    """Needs come in order of arrival, which a merge leaves open; so they are compared sorted."""
    told = list(history_rows(None, None, opportunity.facts))
    for member in tables.members_by_key(world, opportunity):
        told += history_rows(member.contact, None, member.facts)
    needs = [need for need in world.needs if need.opportunity is opportunity]
    found = host.history("opportunity", pointer)
    what = f"history of {opportunity.key}"
    check(what, found[:len(told)], told)
    rows = [row for need in needs for row in history_rows(need.contact, need.key, need.facts)]
    check(what + ", needs", sorted(found[len(told):], key=repr), sorted(rows, key=repr))


def compare_logs(answers, host):
    world, logs = answers.world, answers.logs()
    check("signal count", host.signal_count(host.workspace), len(world.signals))
    check("signals of no account", host.signals("workspace", host.workspace),
          logs.get(("", ""), []))
    for noun in ("account", "opportunity"):
        for row in life.alive(getattr(world, NOUNS[noun])):
            pointer = getattr(host, noun + "_at")(host.workspace, row.number)
            check(f"signals of {noun} {row.key}", host.signals(noun, pointer),
                  logs.get((noun, row.key), []))


def compare_answers(world, host, instants):
    """All that is asked as of an instant, and the book."""
    answers, assessments = tables.Answers(world), {}
    compare_logs(answers, host)
    for opportunity in life.alive(world.opportunities):
        pointer = host.opportunity_at(host.workspace, opportunity.number)
        for instant in instants:
            naive = assessment(world, answers, opportunity, instant)
            check(f"assessment of {opportunity.key} as of {instant}",
                  host.assess(pointer, instant), naive)
            assessments[opportunity.key, instant] = naive
        compare_history(world, host, opportunity, pointer)
        compare_ledgers(answers, host, opportunity, pointer, instants[0])
    for contact in life.alive(world.contacts):
        pointer = host.contact_at(host.workspace, contact.number)
        check(f"history of {contact.key}", host.history("contact", pointer),
              list(history_rows(contact, None, contact.facts)))
    for instant in instants:
        compare_boards(world, host, assessments, instant)
    compare_books(answers, host, instants)


# ---- books ---------------------------------------------------------------------------------------


def compare_books(answers, host, instants):
    """The written book, byte for byte; and the same book and boards of who reads it."""
    book = host.book()
    for name, (columns, rows) in answers.tables.items():
        if book[name] != tables.written(columns, rows):
            check(f"the written {name}", book[name].decode().split("\n"),
                  tables.written(columns, rows).decode().split("\n"))
    workspace, refused = host.load(book)
    try:
        check("what the written book refuses", refused, [])
        again = host.book(workspace)
        for name, table in book.items():
            check(f"{name} written again", again[name].decode().split("\n"),
                  table.decode().split("\n"))
        for instant in instants:
            check(f"the board of the written book as of {instant}",
                  boards_of(host, workspace, instant), boards_of(host, host.workspace, instant))
    finally:
        host.workspace_free(workspace)


def boards_of(host, workspace, instant):
    """A board without numbers and tags, which books do not have."""
    own, host.workspace = host.workspace, workspace
    try:
        return [{name: cell for name, cell in row.items()
                 if not name.endswith(("_tag", "_number"))} for row in host.board(instant, 1)]
    finally:
        host.workspace = own


# ---- changes -------------------------------------------------------------------------------------


def everything(host, instants):
    """All answers of the library, by the number of the opportunity that they are about."""
    found = {}
    contacts = [(number, host.contact_at(host.workspace, number))
                for number in range(host.contact_count(host.workspace))]
    for number in range(host.opportunity_count(host.workspace)):
        pointer = host.opportunity_at(host.workspace, number)
        if not pointer:
            continue
        members = [host.member_at(pointer, i) for i in range(host.member_count(pointer))]
        ledgers = [host.ledger(pointer, contact, instants[-1]) for _, contact in contacts if contact]
        found[number] = {
            "assessments": [host.assess(pointer, instant) for instant in instants],
            "ledgers": [ledger for ledger in ledgers if ledger],
            "history": host.history("opportunity", pointer),
            "signals": host.signals("opportunity", pointer),
            "members": [[host.text("member_note", at), host.member_next_contact(at)]
                        for at in members],
            "fields": asked_fields(host, "opportunity", pointer)}
    for instant in instants:
        for row in host.board(instant, 1):
            found[row["opportunity_number"]][f"board as of {instant}"] = row
    return found


def compare_changes(world, host, before, now, revision, instants):
    """Whatever is answered differently is listed, and a board of it is the board of those."""
    rows = host.changes(revision)
    listed = [row["opportunity_number"] for row in rows]
    check("order of the changes", listed, sorted(set(listed)))
    for number in before.keys() | now.keys():
        if before.get(number) != now.get(number) and number not in listed:
            path, was, is_now = first_difference(before.get(number), now.get(number))
            raise Different(f"opportunity {number} is answered differently, but not listed{path}:"
                            f"\n    before {was!r}\n    now    {is_now!r}")
    for row in rows:
        opportunity = world.opportunities[row["opportunity_number"]]
        is_alive = live(opportunity) is opportunity
        check(f"change of {opportunity.key}", {name: row[name] for name in (
            "opportunity", "opportunity_tag", "is_alive")}, {
            "opportunity": opportunity.key if is_alive else None,
            "opportunity_tag": row["opportunity_tag"] if not is_alive else opportunity.tag,
            "is_alive": int(is_alive)})
        if not revision < row["revision"] <= host.workspace_revision(host.workspace):
            raise Different(f"change of {opportunity.key}: revision {row['revision']}")
    for instant in instants:
        check(f"board since {revision}", host.board_since(instant, revision, 1),
              [row for row in host.board(instant, 1) if row["opportunity_number"] in listed])
