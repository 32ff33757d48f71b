<?php
$mod_strings['LBL_FUNNEL_TITLE'] = 'Funnel';
$mod_strings['LBL_FUNNEL_DESC'] = 'Die Adresse und der Schlüssel von Funnel';
$mod_strings['LBL_FUNNEL_SETTINGS'] = 'Adresse und Schlüssel';
