<?php
require_once 'custom/include/Funnel/FunnelFrame.php';
require_once 'custom/include/Funnel/FunnelMint.php';

/** The panel on the pages of a Lead or Contact, of Sugar 5, 6 and SuiteCRM. */
class FunnelRecordPanel
{
    public function show($event, $arguments = null)
    {
        $module = isset($_REQUEST['module']) ? $_REQUEST['module'] : '';
        $action = isset($_REQUEST['action']) ? strtolower($_REQUEST['action']) : '';
        $record = isset($_REQUEST['record']) ? $_REQUEST['record'] : '';
        if ($action !== 'detailview' || !FunnelMint::knows($module) || !is_string($record) || $record === '') {
            return;
        }
        if (!empty($_REQUEST['to_pdf']) || !empty($_REQUEST['print'])) {
            return;
        }
        $connection = FunnelSettings::connection();
        if ($connection !== null) {
            echo FunnelFrame::record($connection, $module, $record);
        }
    }
}
