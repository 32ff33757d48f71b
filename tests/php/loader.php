<?php
/**
 * Module Loader, as that of SuiteCRM 7.14 was seen to do it: reads manifest.php of an unpacked .zip
 * and installs it into the Sugar of the current folder. What it overwrites it puts aside, and puts
 * back on uninstalling.
 */
class TestLoader
{
    public $hooks = array();
    public $fields = array();
    public $installdefs = array();
    public $base_dir;
    private $aside = array();

    public function __construct($package)
    {
        $this->base_dir = $package;
    }

    public function install()
    {
        $defs = $this->installdefs = $this->defs();
        $this->aside = array();
        foreach ($defs['copy'] as $one) {
            foreach (filesUnder($this->from($one['from'])) as $path) {
                $to = $one['to'] . substr($path, strlen($this->from($one['from'])));
                if (is_file($to)) {
                    $this->aside[$to] = file_get_contents($to);
                }
            }
            $this->put($this->from($one['from']), $one['to']);
        }
        foreach ($defs['dashlets'] as $one) {
            $this->put($this->from($one['from']), 'custom/modules/Home/Dashlets/' . $one['name']);
        }
        foreach ($this->extensions($defs) as $from => $to) {
            $this->put($from, $to);
        }
        foreach ($defs['logic_hooks'] as $hook) {
            $key = $hook['module'] . ' ' . $hook['hook'] . ' ' . $hook['description'];
            $this->hooks[$key] = $hook;
        }
        foreach ($defs['custom_fields'] as $field) {
            $this->fields[$field['module'] . '.' . $field['name']] = $field['type'];
        }
        require_once $this->base_dir . '/scripts/post_install.php';
        post_install();
    }

    public function uninstall($removeTables)
    {
        $defs = $this->installdefs = $this->defs();
        foreach ($defs['copy'] as $one) {
            $this->uninstall_new_files(array('from' => $this->from($one['from']), 'to' => $one['to']), 'aside');
        }
        foreach ($this->aside as $to => $text) {
            if (!is_dir(dirname($to))) {
                mkdir(dirname($to), 0755, true);
            }
            file_put_contents($to, $text);
        }
        foreach ($defs['dashlets'] as $one) {
            $this->remove('custom/modules/Home/Dashlets/' . $one['name']);
        }
        foreach ($this->extensions($defs) as $to) {
            $this->remove($to);
        }
        foreach ($defs['logic_hooks'] as $hook) {
            unset($this->hooks[$hook['module'] . ' ' . $hook['hook'] . ' ' . $hook['description']]);
        }
        foreach ($defs['post_uninstall'] as $script) {
            include $this->from($script);
        }
        if ($removeTables) {
            foreach ($defs['custom_fields'] as $field) {
                unset($this->fields[$field['module'] . '.' . $field['name']]);
            }
        }
    }

    /** Take away the files of a folder that were not put aside; the folder too, when it is empty. */
    public function uninstall_new_files($copy, $aside)
    {
        yes(is_dir($copy['from']), 'a folder: ' . $copy['from']);
        foreach (filesUnder($copy['from']) as $path) {
            $to = $copy['to'] . substr($path, strlen($copy['from']));
            if ($aside !== 'aside' || !isset($this->aside[$to])) {
                $this->remove($to);
            }
        }
        if (is_dir($copy['to']) && !filesUnder($copy['to'])) {
            $this->remove($copy['to']);
        }
    }

    /** The manifest, read as the real loader reads it. */
    public function defs()
    {
        $manifest = null;
        $installdefs = null;
        include $this->base_dir . '/manifest.php';
        same('module', $manifest['type']);
        return $installdefs;
    }

    /** Whether it may be installed on a version. */
    public function accepts($version)
    {
        $manifest = null;
        include $this->base_dir . '/manifest.php';
        foreach ($manifest['acceptable_sugar_versions']['regex_matches'] as $one) {
            if (preg_match('/^' . $one . '$/', $version)) {
                return true;
            }
        }
        return false;
    }

    private function extensions($defs)
    {
        $found = array();
        $places = array(
            'administration' => 'custom/Extension/modules/Administration/Ext/Administration',
            'scheduledefs' => 'custom/Extension/modules/Schedulers/Ext/ScheduledTasks',
            'linkdefs' => 'custom/Extension/application/Ext/GlobalLinks',
        );
        foreach ($places as $section => $place) {
            foreach ($defs[$section] as $one) {
                $found[$this->from($one['from'])] = $place . '/' . $one['name'] . '.php';
            }
        }
        foreach ($defs['language'] as $one) {
            $below = $one['to_module'] === 'application' ? 'application' : 'modules/' . $one['to_module'];
            $to = "custom/Extension/$below/Ext/Language/{$one['language']}.{$defs['id']}.php";
            // Two modules share a file, so the place is the key.
            $found[$this->from($one['from']) . "\0" . $to] = $to;
        }
        return $found;
    }

    private function from($text)
    {
        return str_replace('<basepath>', $this->base_dir, $text);
    }

    private function put($from, $to)
    {
        $from = strtok($from, "\0");
        yes(strpos($to, 'custom/') === 0 && strpos($to, '..') === false, "$to is outside of custom/");
        if (is_dir($from)) {
            foreach (scandir($from) as $name) {
                if ($name[0] !== '.') {
                    $this->put("$from/$name", "$to/$name");
                }
            }
            return;
        }
        yes(is_file($from), "$from is not in the package");
        if (!is_dir(dirname($to))) {
            mkdir(dirname($to), 0755, true);
        }
        copy($from, $to);
    }

    private function remove($to)
    {
        if (is_dir($to)) {
            foreach (scandir($to) as $name) {
                if ($name[0] !== '.') {
                    $this->remove("$to/$name");
                }
            }
            rmdir($to);
        } elseif (is_file($to)) {
            unlink($to);
        }
    }
}

/** All files under a folder, sorted. */
function filesUnder($folder)
{
    $found = array();
    if (is_dir($folder)) {
        foreach (scandir($folder) as $name) {
            $path = "$folder/$name";
            if ($name[0] !== '.') {
                $found = array_merge($found, is_dir($path) ? filesUnder($path) : array($path));
            }
        }
    }
    return $found;
}

/** Funnel's module, installed in the Sugar of the current folder. */
function installed()
{
    $loader = new TestLoader($GLOBALS['package']);
    $loader->install();
    $app_strings = array();
    include 'custom/Extension/application/Ext/Language/en_us.FunnelForSugar.php';
    $GLOBALS['app_strings'] = $app_strings;
    return $loader;
}
