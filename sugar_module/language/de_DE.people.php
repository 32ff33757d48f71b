<?php
$mod_strings['LBL_FUNNEL_SCORE'] = 'Lead-Score';
$mod_strings['LBL_FUNNEL_SCORE_AT'] = 'Lead-Score geändert';
