"""Setting a record apart from a person by hand, and joining it again."""

TEXTS = {
    "apart.ask": "Abtrennen …",
    "apart.title": "Diesen Datensatz abtrennen?",
    "apart.lead": (
        "Er gehört zu {name}, weil er dieselbe Adresse hat oder umgewandelt wurde. Gehört er zu "
        "jemand anderem, trennen Sie ihn ab:"
    ),
    "apart.does.person": (
        "Daraus wird eine eigene Person oder wieder die Person, die er vorher war."
    ),
    "apart.does.stays": "Was bisher geschehen ist, bleibt bei der Person, die die Adresse behält.",
    "apart.does.until": (
        "Er bleibt abgetrennt, bis sich seine Adresse in Sugar ändert oder Sie ihn wieder zuordnen."
    ),
    "apart.does.sugar": "In Sugar ändert sich nichts.",
    "apart.others": "Diese bleiben zusammen:",
    "apart.button": "Abtrennen",
    "apart.only": (
        "Das ist der einzige Datensatz der Person: Es gibt nichts, wovon er abzutrennen wäre."
    ),
    "apart.back": "Zurück zur Person",
    "apart.badge": "abgetrennt",
    "apart.text": (
        "Dieser Datensatz wird nicht über seine Adresse mit anderen zusammengeführt, weil ihn"
        " jemand abgetrennt hat oder zu viele diese Adresse haben."
    ),
    "apart.join": "Wieder zuordnen",
    "apart.done": "Abgetrennt. Das ist die Person, zu der der Datensatz jetzt gehört.",
    "apart.joined": "Der Person zugeordnet, die seine Adresse hat.",
    "apart.other": "Zur anderen Person",
    "apart.gone": "Dieser Datensatz gehört nicht mehr zu dieser Person.",
    "apart.gone.mend": "Suchen Sie ihn nach Namen und sehen Sie nach, zu wem er jetzt gehört.",
}
