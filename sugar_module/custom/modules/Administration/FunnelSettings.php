<?php
/** Admin, Funnel: the address and the key. */
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
require_once 'custom/include/Funnel/FunnelAdmin.php';

if (!is_admin($GLOBALS['current_user'])) {
    echo '<p>' . FunnelFrame::safe(FunnelFrame::text('LBL_FUNNEL_ADMINS')) . '</p>';
    return;
}
echo FunnelAdmin::page($_SERVER['REQUEST_METHOD'], $_POST);
