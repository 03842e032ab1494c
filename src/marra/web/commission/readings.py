"""How open questions are read: decide one with its reason, and see what was decided before."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.actions import readings as actions
from marra.commission.queries import readings as queries
from marra.commission.rules.readings import QUESTIONS, question
from marra.door import stamp
from marra.people.queries import names
from marra.web.commission.meanings import ANSWERS, WHY
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_staff, may


class Decision(PageForm):
    """An answer, and why."""

    answer = forms.ChoiceField(label=gettext_lazy("It means"))
    reason = forms.CharField(
        label=gettext_lazy("Who decided it, and why"),
        help_text=gettext_lazy("For example the number and day of the minutes of a session."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, code: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, _(ANSWERS[code][each])) for each in question(code).answers]


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """Every question with how it is read now."""
    rows = [
        (each, _(QUESTIONS[each.question].says), _(ANSWERS[each.question][each.answer]))
        for each in queries.readings()
    ]
    decided = sum(bool(each.decided_by) for each, _says, _means in rows)
    told = {
        "rows": rows,
        "decided": decided,
        "names": names({each.decided_by for each, _says, _means in rows}),
    }
    return render(request, "commission/readings.html", told)


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a question means now, the form to decide it, and its history."""
    asked, standing, who = question(code), queries.reading(code), stamp(request)
    form = Decision(code, request.POST or None, initial={"answer": standing.answer})
    if form.is_valid():
        with refusals_into(form):
            actions.decide_reading(who, code, **form.cleaned_data)
            return redirect(f"{reverse('reading', args=[code])}?done=decided")
    history = queries.history(code)
    told = {
        "says": _(asked.says),
        "why": _(WHY[code]),
        "standing": standing,
        "meaning": _(ANSWERS[code][standing.answer]),
        "history": [(each, _(ANSWERS[code][each.answer])) for each in history],
        "names": names({each.decided_by for each in history}),
        "may_decide": may(who, "commission", "reading.decided"),
        "done": request.GET.get("done"),
    }
    return answer(request, "commission/reading.html", form, None, **told)
