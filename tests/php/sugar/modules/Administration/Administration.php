<?php
/** Sugar's settings, in rows of the table "config" as Sugar keeps them. */
class Administration
{
    public $settings = array();

    public function retrieveSettings($category)
    {
        foreach ($GLOBALS['db']->tables['config'] as $row) {
            if ($row['category'] === $category) {
                $this->settings[$category . '_' . $row['name']] = $row['value'];
            }
        }
        return $this;
    }

    public function saveSetting($category, $key, $value)
    {
        $kept = array();
        foreach ($GLOBALS['db']->tables['config'] as $row) {
            if ($row['category'] !== $category || $row['name'] !== $key) {
                $kept[] = $row;
            }
        }
        $kept[] = array('category' => $category, 'name' => $key, 'value' => $value);
        $GLOBALS['db']->tables['config'] = $kept;
        return count($kept);
    }
}
