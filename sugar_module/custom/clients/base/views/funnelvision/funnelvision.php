<?php
$viewdefs['base']['view']['funnelvision'] = array(
    'dashlets' => array(
        array(
            'label' => 'LBL_FUNNEL_DASHLET',
            'description' => 'LBL_FUNNEL_DASHLET_TEXT',
            'config' => array(),
            'preview' => array(),
            'filter' => array('module' => array('Home')),
        ),
    ),
);
