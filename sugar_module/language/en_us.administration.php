<?php
$mod_strings['LBL_FUNNEL_TITLE'] = 'Funnel';
$mod_strings['LBL_FUNNEL_DESC'] = 'The address and the key of Funnel';
$mod_strings['LBL_FUNNEL_SETTINGS'] = 'Address and key';
