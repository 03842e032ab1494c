"""How open questions are read: decide one with its reason, and see what was decided before."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from marra.commission.actions import readings as actions
from marra.commission.queries import readings as queries
from marra.commission.rules.readings import BY_2030, QUESTIONS
from marra.door import stamp
from marra.people.queries import names
from marra.people.rules import Role
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_authors

ANSWERS = {
    "2030": gettext_noop("the 2030 edition, which bears the year's name"),
    "2028": gettext_noop("the 2028 edition, the last that is surely out when 2030 begins"),
}


class Decision(PageForm):
    """An answer, and why."""

    answer = forms.ChoiceField(label=gettext_lazy("“By 2030” means"))
    reason = forms.CharField(
        label=gettext_lazy("Who decided it, and why"),
        help_text=gettext_lazy("For example the number and day of the minutes of a session."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, _(ANSWERS[each])) for each in QUESTIONS[BY_2030].answers]


@for_authors
def show(request: HttpRequest) -> HttpResponseBase:
    """What "by 2030" means now, the form to decide it, and its history."""
    standing, who = queries.reading(BY_2030), stamp(request)
    form = Decision(request.POST or None, initial={"answer": standing.answer})
    if form.is_valid():
        with refusals_into(form):
            actions.decide_reading(who, BY_2030, **form.cleaned_data)
            return redirect(f"{reverse('readings')}?done=decided")
    history = queries.history(BY_2030)
    told = {
        "standing": standing,
        "meaning": _(ANSWERS[standing.answer]),
        "history": [(each, _(ANSWERS[each.answer])) for each in history],
        "names": names({each.decided_by for each in history}),
        "may_decide": who.holds(Role.ADMINISTRATOR),
        "done": request.GET.get("done"),
    }
    return answer(request, "plan/readings.html", form, None, **told)
