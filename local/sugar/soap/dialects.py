"""What each endpoint does differently, as measured on the recorded servers."""

from dataclasses import dataclass

from local.sugar.settings import ENDPOINTS, Product


@dataclass(frozen=True, slots=True)
class Dialect:
    """One endpoint of one product."""

    name: str
    product: Product

    @property
    def _age(self) -> int:
        return ENDPOINTS.index(self.name)

    def _since(self, name: str) -> bool:
        return self._age >= ENDPOINTS.index(name)

    @property
    def path(self) -> str:
        """Where it is served."""
        return "/soap.php" if self.sugar5 else f"/service/{self.name}/soap.php"

    @property
    def sugar5(self) -> bool:
        """Whether this is `soap.php`: always HTTP 200, an error struct in every answer."""
        return self.name == "soap.php"

    @property
    def wrapped_links(self) -> bool:
        """Whether links come as `link_list` / `link_value` instead of nested arrays."""
        return self.name in ("v2_1", "v3_1", "v4", "v4_1")

    @property
    def total_count(self) -> bool:
        """Whether lists tell how many there are in all."""
        return self._since("v3_1")

    @property
    def grouped_fields(self) -> bool:
        """Whether fields tell their group."""
        return self._since("v3")

    @property
    def link_fields(self) -> bool:
        """Whether field lists tell the links."""
        return self.name != "v3"

    @property
    def flag_options(self) -> bool:
        """Whether booleans come with options."""
        return self._since("v3_1")

    @property
    def table_names(self) -> bool:
        """Whether field lists tell the table, and module lists favourites."""
        return self._since("v4")

    @property
    def module_acls(self) -> bool:
        """Whether the module list tells what the user may do."""
        return self._since("v3_1")

    @property
    def all_fields(self) -> bool:
        """Whether lists know computed fields (`name`, email flags, ...)."""
        return self._since("v3")

    @property
    def both_is_one(self) -> bool:
        """Whether any `deleted` but 0 means live and deleted ones together."""
        return self._since("v4")

    @property
    def export_blocks_lists(self) -> bool:
        """Whether a role without export may not list."""
        return not self._since("v4")

    @property
    def ambiguous(self) -> bool:
        """Whether unqualified columns in a query are an SQL error."""
        return self._since("v3_1")

    @property
    def ordered(self) -> bool:
        """Whether `order_by` (unqualified) is honoured at all."""
        if self.name == "v3_1":
            return False
        return not (self.product.schema is Product.SUGARCE and self._since("v4"))

    @property
    def empty_session_is_null(self) -> bool:
        """Whether `get_user_id('')` answers null instead of a fault."""
        return self._since("v4")

    @property
    def empty_record_dies(self) -> bool:
        """Whether `set_entry` with nothing in it crashes."""
        return self.product is Product.SUITECRM and self._since("v3_1")

    @property
    def missing_parent_dies(self) -> bool:
        """Whether `get_relationships` of a record that is not there crashes."""
        return self._since("v4_1")

    @property
    def pages_relationships(self) -> bool:
        """Whether `get_relationships` takes an order, an offset and a limit."""
        return self._since("v4_1")

    @property
    def service_class(self) -> str:
        """The class the server names when a method is not there."""
        return "SugarWebServiceImpl" + ("" if self.name in ("v2", "v2_1") else self.name)
