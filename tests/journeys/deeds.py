"""What people of several journeys do: hold a session, and judge what was submitted."""

from marra.door import now
from marra.kit.days import quarter, quarter_of
from tests.journeys.walking import Person, uz


def a_session_decides(
    secretary: Person, title: str, proposal: str, *, lead: str, group: str, plan: str = ""
) -> None:
    """A session is called, opened, minuted, closed and signed; it decides what is before it."""
    today = now().date()
    secretary.opens("work/sessions/new/")
    secretary.fills(body="commission", title="Namuna majlisi", day=f"{today:%d.%m.%Y}")
    secretary.fills(time="00:00", chaired_by="Namuna Raisov", kept_by="Namuna Kotibova")
    secretary.presses("Call it and write the agenda")
    secretary.fills(proposal=proposal)
    secretary.presses("Put it on the agenda")
    if plan:
        secretary.fills(plan=plan)
        secretary.presses("Put it on the agenda")
    secretary.follows("The agenda is complete")
    secretary.follows("Open the session")
    secretary.presses("Open the session")
    secretary.follows("Write: item %(n)s")
    secretary.fills(minutes="Namuna: taklif eshitildi.", text=title)
    secretary.ticks("outcome", "assigned")
    last_day = quarter(*quarter_of(today))[1]
    task = {"lead": lead, "group": group, "deadline": f"{last_day:%d.%m.%Y}"}
    secretary.fills(**{f"task-0-{name}": value for name, value in task.items()})
    if plan:
        secretary.presses("Save and go to the next item")
        secretary.fills(text="Reja maʼqullansin.")
        secretary.ticks("outcome", "accepted")
    secretary.presses("Save and finish")
    secretary.follows("Who came")
    secretary.fills(guests="Namuna Mehmonov, mutaxassis")
    secretary.presses("Keep who came")
    secretary.follows("Close the minutes")
    secretary.presses("Close the minutes")
    secretary.follows("Sign the minutes")
    secretary.presses("Sign with the stand-in")
    assert secretary.learns("Minutes No. %(n)s: %(title)s")["n"] == "1"


def two_secretaries_accept(of_the_group: Person, of_the_commission: Person, address: str) -> None:
    """The group's secretary first, then the Commission's."""
    for secretary in (of_the_group, of_the_commission):
        secretary.page.goto(address)
        secretary.follows("Judge it")
        secretary.ticks("accept", "yes")
        secretary.presses("Give the verdict")
    assert uz("Done") in of_the_commission.part("p.lead").inner_text()
