"""The discount that a paid service of individuals is drafted with, as a table of decisions.

Half of the fee for families of the yellow category and for people with a disability of group I or
II. Whether a service is among those that the decree means has to be looked at before it is
published, so a draft with this table says so.

Source: decree UP-6269 of 24.07.2021, quoted in a digest; the red category was cut off there and is
therefore not in the table.
"""

from typing import Final

TABLE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="discounts" \
name="discounts" namespace="urn:marra:service">
<inputData id="category-data" name="category"><variable name="category" typeRef="string"/>\
</inputData>
<inputData id="group-data" name="disability group"><variable name="disability group" \
typeRef="number"/></inputData>
<decision id="discount" name="discount"><variable name="discount" typeRef="number"/>
<informationRequirement id="needs-category"><requiredInput href="#category-data"/>\
</informationRequirement>
<informationRequirement id="needs-group"><requiredInput href="#group-data"/>\
</informationRequirement>
<decisionTable id="discount-table" hitPolicy="FIRST" outputLabel="discount">
<input id="category"><inputExpression typeRef="string"><text>category</text></inputExpression>\
</input>
<input id="group"><inputExpression typeRef="number"><text>disability group</text>\
</inputExpression></input>
<output id="share" typeRef="number"/>
<rule id="yellow"><inputEntry id="yellow-1"><text>"yellow"</text></inputEntry>\
<inputEntry id="yellow-2"><text>-</text></inputEntry>\
<outputEntry id="yellow-3"><text>0.5</text></outputEntry></rule>
<rule id="disability"><inputEntry id="disability-1"><text>-</text></inputEntry>\
<inputEntry id="disability-2"><text>1, 2</text></inputEntry>\
<outputEntry id="disability-3"><text>0.5</text></outputEntry></rule>
<rule id="others"><inputEntry id="others-1"><text>-</text></inputEntry>\
<inputEntry id="others-2"><text>-</text></inputEntry>\
<outputEntry id="others-3"><text>0</text></outputEntry></rule>
</decisionTable></decision>
</definitions>
"""
"""DMN 1.5: the share of the fee that is let off, from 0 to 1."""
