"""Lead scores on their way to Sugar: on a person's page, the connection's, and in the error report."""

TEXTS = {
    "score_push.title": "Score in Sugar",
    "score_push.value": "{score}, written {ago}",
    "score_push.none": "Sugar has no score of this person yet.",
    "score_push.state.never": "It is written with the next change of the score.",
    "score_push.state.told": "Sugar has the score as it is here.",
    "score_push.state.soon": "The new score waits a moment and is then written.",
    "score_push.state.read_only": "The new score waits: the connection only reads. It is written "
    "once an admin lets Funnel write.",
    "score_push.state.paused": "The new score waits until sync goes on; it is paused.",
    "score_push.state.failed": "Sugar did not take the score.",
    "score_push.failed.again": "It is tried again every night, and with the next score.",
    "score_push.failed.link": "Error report",
    "score_push.now": "Write to Sugar now",
    "score_push.now.done": "It is written in a moment, before all others.",
    "score_fields.title": "Lead score",
    "score_fields.text": "Scores are written to the field {field}. "
    "Name other fields here, apart by commas, if yours are kept elsewhere; a full sync then brings "
    "every score there.",
    "score_fields.of": "Fields of {module}",
    "score_fields.missing": "{modules}: the field for the lead score is missing",
    "score_fields.missing.text": "Sugar has no field {field} there, so scores are not written. "
    "Everything else works. The package for Sugar brings it (page Connection, Funnel in Sugar). Or add, "
    "under Admin, Studio, a field of type Integer with the name funnel_score (Sugar puts _c behind it), "
    "or name other fields for the score on the page Connection.",
    "mass_write.waiting.one": "{n} lead score waits to be written to Sugar. It takes about {duration}; "
    "nothing else is changed in the record.",
    "mass_write.waiting.other": "{n} lead scores wait to be written to Sugar. It takes about "
    "{duration}; nothing else is changed in these records.",
    "mass_write.more": "More than {n} lead scores wait to be written to Sugar. It takes at least "
    "{duration}; nothing else is changed in these records.",
    "mass_write.rescore.one": "1 lead score at the most is then written to Sugar, which takes about "
    "{duration}.",
    "mass_write.rescore.other": "Up to {n} lead scores are then written to Sugar, which takes about "
    "{duration}. Only those that change are.",
    "mass_write.confirm": "They may be written",
    "cause.ScoreNotTaken": "Sugar did not take the lead score {value}.",
    "cause.ScoreNotTaken.mend": "Save the record in Sugar by hand: a workflow, a plug-in or a "
    "required field may stand in the way. It is tried again every night.",
    "cause.ScoreNotTaken.name": "Lead score not taken",
    "cause.ScoreFieldMissing": "Sugar has no field {field} here, so lead scores are not written.",
    "cause.ScoreFieldMissing.mend": "The package for Sugar brings it (page Connection, Funnel in "
    "Sugar). Or add, under Admin, Studio, a field of type Integer with the name funnel_score (Sugar "
    "puts _c behind it), or name other fields for the score on the page Connection. What waits is "
    "then written.",
    "cause.ScoreFieldMissing.name": "Field for the lead score missing",
    "cause.ScoreRefused": "Sugar does not let our user write lead scores here: {value}",
    "cause.ScoreRefused.mend": "Give the user Funnel signs in as the right to edit this module. It is "
    "tried again every night; what waits is then written.",
    "cause.ScoreRefused.name": "Lead scores refused",
    "cause.ScoreOverwritten": "Somebody in Sugar, or a workflow, changed the lead score {value} three "
    "times within a day.",
    "cause.ScoreOverwritten.mend": "Find out what in Sugar writes to this field, and leave it to "
    "Funnel. It is written again with the next score, or when you try again.",
    "cause.ScoreOverwritten.name": "Lead score overwritten",
}
