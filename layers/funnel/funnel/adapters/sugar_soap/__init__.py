"""Sugar 5 to 7 and SuiteCRM over SOAP: `funnel.ports.crm` for `soap.php` and `service/v2…v4_1`.

zeep is imported with the first call it carries.
"""
