<?php
/** The base of dashlets, so far as ours uses it. */
class Dashlet
{
    public $id;
    public $title = '';
    public $dashletStrings;
    public $isConfigurable = false;
    public $isRefreshable = true;
    public $hasScript = false;

    public function __construct($id)
    {
        $this->id = $id;
    }

    public function display()
    {
        return '';
    }

    public function loadLanguage($name, $folder = 'modules/Home/Dashlets/')
    {
        $dashletStrings = array();
        require $folder . $name . '/' . $name . '.en_us.lang.php';
        $this->dashletStrings = $dashletStrings[$name];
    }
}
