"""Why a record could not sync and how to mend it, and what a history says.

A cause has two texts: what is wrong, with {value} for what stands in the field, {name} for the
record and {root} for the one it goes back to; and how to mend it.
"""

TEXTS = {
    "cause.OwnerMissing": "This account is assigned to nobody.",
    "cause.OwnerMissing.mend": "Open it in Sugar and choose a user in “Assigned to”.",
    "cause.OwnerInactive": "This account is assigned to {value}, who is inactive in Sugar.",
    "cause.OwnerInactive.mend": "Assign it to an active user in Sugar, or make {value} active again.",
    "cause.OwnerDeleted": "This account is assigned to a user who is no longer in Sugar.",
    "cause.OwnerDeleted.mend": "Open it in Sugar and assign it to an active user.",
    "cause.AccountDeleted": "Its account is deleted, or was never in Sugar.",
    "cause.AccountDeleted.mend": "Open it in Sugar and choose another account, or restore that one.",
    "cause.AccountHeld": "Its account could not sync.",
    "cause.AccountHeld.mend": "Follows by itself once “{root}” is mended.",
    "cause.ContactHeld": "None of its contacts could sync.",
    "cause.ContactHeld.mend": "Follows by itself once “{root}” is mended.",
    "cause.ContactDeleted": "All of its contacts are deleted in Sugar.",
    "cause.ContactDeleted.mend": "Open it in Sugar and link a contact, or remove the deleted ones.",
    "cause.ValueUnreadable": "The value “{value}” of {field} cannot be read.",
    "cause.ValueUnreadable.mend": "Correct the field in Sugar. The rest of the record is here.",
    "cause.ValueTooLong": "The text in {field} is longer than the 20,000 characters that are kept.",
    "cause.ValueTooLong.mend": "Shorten it in Sugar. Its beginning and the rest of the record are here.",
    "cause.RecordUnreadable": "Sugar's reply about this record cannot be read: {value}",
    "cause.RecordUnreadable.mend": "Open it in Sugar and look for control characters or a very long "
    "text; saved without them, it is read again.",
    "cause.Erased": "The person of this record was erased here on request.",
    "cause.Erased.mend": "Delete the record in Sugar as well; until then it is left out here.",
    "cause.Erased.name": "Erased on request",
    "cause.NotVisible": "Sugar no longer shows this record.",
    "cause.NotVisible.mend": "It was removed for good, or the user Funnel signs in as may no longer "
    "see it: look for it in Sugar as that user. What it was before stays here.",
    "cause.ModuleRefused": "Sugar refuses this module: {value}",
    "cause.ModuleRefused.mend": "Give the user Funnel signs in as the right to read it, or switch it "
    "off under Connection. The next sync tries again.",
    "cause.MergesUnknown": "Sugar does not say whom it has merged: {value}",
    "cause.MergesUnknown.mend": "Give the user Funnel signs in as the right to read leads and contacts. People whose "
    "record was merged away stay people of their own until then.",
    "cause.SugarAway": "Sugar did not answer in several tries: {value}",
    "cause.SugarAway.mend": "Nothing is lost: sync goes on where it stopped as soon as Sugar answers. "
    "If it stays so, ask whoever runs your Sugar.",
    "cause.RunStopped": "The sync stopped at this module: {value}",
    "cause.RunStopped.mend": "The next sync begins it again. If it stops there too, tell whoever runs "
    "Funnel.",
    "cause.other": "This record could not sync ({code}).",
    "cause.other.mend": "Open it in Sugar and look at the field {field}.",
    "history.kind.changed": "Changed",
    "history.kind.created": "Made here",
    "history.kind.deleted": "Deleted in Sugar",
    "history.kind.restored": "Restored in Sugar",
    "history.kind.merged": "Joined with another person",
    "history.kind.parted": "Parted again",
    "history.kind.set apart": "Set apart by hand",
    "history.kind.joined again": "Joined again by hand",
    "history.kind.held": "Held back",
    "history.kind.healed": "Mended",
    "history.kind.out of date": "Out of date",
}
