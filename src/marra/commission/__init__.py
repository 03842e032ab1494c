"""Commission: what is proposed, chosen and decided on the road to the goal.

A portfolio is a file of initiatives, kept in versions that stay as they were uploaded. A plan is
a choice from one version with its price and odds, and moves from draft to adopted. A scenario is a
what-if that somebody keeps and may share. A reading is how an open question is read, until it is
decided and after. An act is data, kept in versions: its obligations are met, overdue or still in
time by what was seen and proved. Working groups answer for clauses, obligations and indicators.
"""
