<?php
$viewdefs['base']['view']['funnelvision-record'] = array(
    'dashlets' => array(
        array(
            'label' => 'LBL_FUNNEL_RECORD',
            'description' => 'LBL_FUNNEL_RECORD_TEXT',
            'config' => array(),
            'preview' => array(),
            'filter' => array('module' => array('Leads', 'Contacts'), 'view' => 'record'),
        ),
    ),
);
