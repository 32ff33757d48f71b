<?php
/* Included by Module Loader after it has taken away our files; $this is the loader. */
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
require_once dirname(__FILE__) . '/leaving.php';
funnelLeaves();

// Installed over an earlier version, that one's files were put aside, and have just been put back.
if (isset($this) && method_exists($this, 'uninstall_new_files')) {
    foreach ($this->installdefs['copy'] as $funnelCopy) {
        $funnelCopy['from'] = str_replace('<basepath>', $this->base_dir, $funnelCopy['from']);
        $this->uninstall_new_files($funnelCopy, $this->base_dir . '/nothing-was-put-aside');
    }
}
