<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}

/** Called by Sugars that look for this file; the others are led by the manifest to uninstalled.php. */
function post_uninstall()
{
    require_once dirname(__FILE__) . '/leaving.php';
    funnelLeaves();
}
