<?php
/** A token for this session's user, as JSON; of a record, if Sugar lets the user see it. */
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
require_once 'custom/include/Funnel/FunnelMint.php';
require_once 'custom/include/Funnel/FunnelEnding.php';

header('Content-Type: application/json; charset=UTF-8');
header('Cache-Control: no-store');
header('X-Content-Type-Options: nosniff');

$funnelToken = null;
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $funnelModule = isset($_REQUEST['funnel_module']) ? $_REQUEST['funnel_module'] : '';
    $funnelRecord = isset($_REQUEST['funnel_record']) ? $_REQUEST['funnel_record'] : '';
    if ($funnelModule === '') {
        $funnelToken = FunnelMint::panels($GLOBALS['current_user']);
    } elseif (FunnelMint::maySee($funnelModule, $funnelRecord)) {
        $funnelToken = FunnelMint::record($GLOBALS['current_user'], $funnelModule, $funnelRecord);
    }
    FunnelEnding::wanted();
}
echo json_encode(array('token' => $funnelToken));
