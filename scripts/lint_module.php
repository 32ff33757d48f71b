<?php
/**
 * Holds Funnel's Sugar module to PHP 5.3, and to what Sugar's package scanner lets through.
 *
 *     php scripts/lint_module.php FOLDER
 *
 * Prints a line for each finding; 1 where there is one. Files named *.curl.php may use curl: they
 * go into the package for servers before Sugar 12.1 alone.
 */

$newTokens = array(
    'T_COALESCE', 'T_COALESCE_EQUAL', 'T_SPACESHIP', 'T_POW', 'T_POW_EQUAL', 'T_ELLIPSIS', 'T_YIELD',
    'T_YIELD_FROM', 'T_FINALLY', 'T_TRAIT', 'T_INSTEADOF', 'T_FN', 'T_MATCH', 'T_ENUM', 'T_READONLY',
    'T_ATTRIBUTE', 'T_NULLSAFE_OBJECT_OPERATOR', 'T_CALLABLE', 'T_OPEN_TAG_WITH_ECHO', 'T_GOTO',
);
$newFunctions = array(
    'array_column', 'array_key_first', 'array_key_last', 'array_is_list', 'hash_equals', 'hash_pbkdf2',
    'random_bytes', 'random_int', 'password_hash', 'password_verify', 'password_needs_rehash',
    'http_response_code', 'hex2bin', 'boolval', 'intdiv', 'str_contains', 'str_starts_with',
    'str_ends_with', 'is_iterable', 'is_countable', 'json_last_error_msg', 'getimagesizefromstring',
    'header_register_callback', 'session_status', 'session_register_shutdown', 'get_debug_type',
    'array_find', 'array_any', 'array_all', 'mb_str_split', 'mb_scrub', 'iterator_apply', 'fdiv',
    'preg_last_error_msg', 'error_clear_last', 'spl_object_id', 'gc_mem_caches', 'fsync', 'hrtime',
);
// What the scanner is known to refuse, by name of the function called or declared.
$refused = array(
    'popen', 'proc_open', 'proc_close', 'proc_nice', 'proc_get_status', 'escapeshellarg', 'escapeshellcmd',
    'passthru', 'system', 'exec', 'shell_exec', 'eval', 'assert', 'create_function', 'call_user_func',
    'call_user_func_array', 'forward_static_call', 'forward_static_call_array', 'clearstatcache',
    'disk_free_space', 'disk_total_space', 'dir', 'file', 'fopen', 'fclose', 'feof', 'fflush', 'fgetc',
    'fgets', 'fgetcsv', 'fputcsv', 'fputs', 'fread', 'fwrite', 'fseek', 'fstat', 'ftell', 'ftruncate',
    'flock', 'fpassthru', 'fscanf', 'fnmatch', 'file_exists', 'file_get_contents', 'file_put_contents',
    'filesize', 'filetype', 'fileatime', 'filectime', 'filemtime', 'fileowner', 'fileperms', 'glob',
    'is_dir', 'is_file', 'is_link', 'is_readable', 'is_writable', 'is_writeable', 'is_executable',
    'is_uploaded_file', 'move_uploaded_file', 'opendir', 'readdir', 'readfile', 'readlink', 'realpath',
    'rewind', 'pathinfo', 'parse_ini_file', 'parse_ini_string', 'pclose', 'tmpfile', 'tempnam', 'umask',
    'ini_set', 'set_time_limit', 'chgrp', 'chmod', 'chown', 'lchgrp', 'lchown', 'linkinfo', 'lstat', 'stat',
    'mkdir', 'mkdir_recursive', 'rmdir', 'rmdir_recursive', 'touch', 'unlink', 'copy', 'copy_recursive',
    'link', 'rename', 'symlink', 'chdir', 'chroot', 'write_array_to_file', 'write_encoded_file',
    'create_cache_directory', 'create_custom_directory', 'mk_temp_dir', 'sugar_rename', 'sugar_fopen',
    'sugar_mkdir', 'sugar_file_put_contents', 'sugar_chmod', 'sugar_touch', 'getimagesize', 'consume',
    'array_filter', 'array_map', 'array_reduce', 'array_walk', 'array_walk_recursive', 'array_diff_uassoc',
    'array_diff_ukey', 'array_intersect_uassoc', 'array_intersect_ukey', 'array_udiff', 'array_uintersect',
    'uasort', 'uksort', 'usort', 'set_error_handler', 'set_exception_handler', 'register_shutdown_function',
    'register_tick_function', 'addserver', 'addfunction', 'get', 'getbykey', 'getdelayed', 'open',
    'construct', 'ob_start', 'pcntl_signal', 'preg_replace_callback', 'session_set_save_handler',
    'iterator_apply', 'spl_autoload_register', 'is_callable', 'simplexml_load_file', 'simplexml_load_string',
    'unzip', 'unzip_file', 'ldap_set_rebind_proc', 'readline_completion_function', 'phpinfo', 'mail',
    'extract', 'parse_str', 'fsockopen', 'pfsockopen',
);
$refusedClasses = array(
    'reflection', 'reflectionclass', 'reflectionfunction', 'reflectionmethod', 'reflectionobject',
    'reflectionproperty', 'reflector', 'lua', 'ziparchive', 'splfileinfo', 'splfileobject', 'pclzip',
);
$extensions = array('php', 'js', 'txt', 'png', 'gif', 'jpg', 'css', 'html', 'tpl', 'xml');

$findings = array();
$folder = rtrim($argv[1], '/');
$every = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS));
$paths = array();
foreach ($every as $found) {
    $paths[] = $found->getPathname();
}
sort($paths);
foreach ($paths as $path) {
    $name = substr($path, strlen($folder) + 1);
    $extension = pathinfo($path, PATHINFO_EXTENSION);
    if (!in_array($extension, $extensions, true)) {
        $findings[] = "$name:1: Module Loader takes no file of this kind";
    }
    $text = file_get_contents($path);
    if ($extension !== 'php') {
        if (strpos($text, '<?') !== false) {
            $findings[] = "$name:1: what is no PHP must not look like it";
        }
        continue;
    }
    foreach (lint($text, substr($name, -9) === '.curl.php') as $finding) {
        $findings[] = "$name:$finding";
    }
}
foreach ($findings as $finding) {
    echo $finding, "\n";
}
exit($findings ? 1 : 0);

/** The tokens that say something, each as array(kind, text, line). */
function significant($text)
{
    $line = 1;
    $kept = array();
    foreach (token_get_all($text) as $token) {
        if (is_array($token)) {
            $line = $token[2] + substr_count($token[1], "\n");
            if (!in_array($token[0], array(T_WHITESPACE, T_COMMENT, T_DOC_COMMENT), true)) {
                $kept[] = array(token_name($token[0]), $token[1], $token[2]);
            }
        } else {
            $kept[] = array($token, $token, $line);
        }
    }
    return $kept;
}

/** What is wrong with one file. */
function lint($text, $mayCurl)
{
    global $newTokens, $newFunctions, $refused, $refusedClasses;
    $tokens = significant($text);
    $none = array('', '', 0);
    $wrong = array();
    foreach ($tokens as $at => $token) {
        list($kind, $word, $line) = $token;
        $before = $at > 0 ? $tokens[$at - 1] : $none;
        $after = isset($tokens[$at + 1]) ? $tokens[$at + 1] : $none;
        $lower = strtolower(ltrim($word, '\\'));
        if (in_array($kind, $newTokens, true)) {
            $wrong[] = "$line: newer than PHP 5.3: $word";
        }
        if ($kind === '[' && !in_array($before[0], array('T_VARIABLE', 'T_STRING', ']', '}'), true)) {
            $wrong[] = "$line: newer than PHP 5.3: [ that begins an array, or after a call or a text";
        }
        if ($kind === 'T_CLASS' && $before[0] === 'T_DOUBLE_COLON') {
            $wrong[] = "$line: newer than PHP 5.3: ::class";
        }
        if ($kind === 'T_LNUMBER' && preg_match('/^0b|_|^0o/i', $word)) {
            $wrong[] = "$line: newer than PHP 5.3: $word";
        }
        if ($kind === 'T_CONST' && in_array($before[0], array('T_PUBLIC', 'T_PRIVATE', 'T_PROTECTED'), true)) {
            $wrong[] = "$line: newer than PHP 5.3: a constant that says who may see it";
        }
        if ($kind === 'T_FUNCTION' && ($after[0] === '(' || $after[1] === '&')) {
            $wrong[] = "$line: a function without a name differs between PHP 5.3 and 5.4";
        }
        if ($kind === 'T_FUNCTION' && $after[0] === 'T_STRING') {
            $wrong = array_merge($wrong, signature($tokens, $at));
        }
        if ($kind === 'T_VARIABLE' && isProperty($tokens, $at)) {
            $wrong[] = "$line: newer than PHP 5.3: a property with a type";
        }
        if ($kind === 'T_EMPTY' && isset($tokens[$at + 2]) && $tokens[$at + 2][0] !== 'T_VARIABLE') {
            $wrong[] = "$line: newer than PHP 5.3: empty() of what is no variable";
        }
        if ($kind === 'T_CATCH' && isset($tokens[$at + 3]) && $tokens[$at + 3][0] === '|') {
            $wrong[] = "$line: newer than PHP 5.3: one catch of several kinds";
        }
        if (in_array($kind, array('T_EXIT', 'T_EVAL', '`'), true)) {
            $wrong[] = "$line: the package scanner refuses $word";
        }
        if ($kind === 'T_VARIABLE' && $after[0] === '(') {
            $wrong[] = "$line: the package scanner refuses a call of $word(), which only it knows";
        }
        if ($kind === 'T_NEW' && $after[0] === 'T_VARIABLE') {
            $wrong[] = "$line: the package scanner refuses new " . $after[1];
        }
        if ($kind === 'T_NEW' && in_array(strtolower(ltrim($after[1], '\\')), $refusedClasses, true)) {
            $wrong[] = "$line: the package scanner refuses new " . $after[1];
        }
        $isName = $kind === 'T_STRING' || $kind === 'T_NAME_FULLY_QUALIFIED';
        $isOwn = in_array($before[0], array('T_OBJECT_OPERATOR', 'T_DOUBLE_COLON', 'T_NEW'), true);
        if (!$isName || $after[0] !== '(' || $isOwn) {
            continue;
        }
        if (in_array($lower, $refused, true)) {
            $wrong[] = "$line: the package scanner refuses $word()";
        }
        if (!$mayCurl && preg_match('/^(curl|socket|stream)_/', $lower)) {
            $wrong[] = "$line: the package scanner of Sugar 12.1 and later refuses $word()";
        }
        if ($before[0] !== 'T_FUNCTION' && in_array($lower, $newFunctions, true)) {
            $wrong[] = "$line: newer than PHP 5.3: $word()";
        }
    }
    return $wrong;
}

/** What a function's head says that PHP 5.3 does not know: types of values, and what comes back. */
function signature($tokens, $at)
{
    $wrong = array();
    $depth = 0;
    for ($here = $at + 2; isset($tokens[$here]); $here++) {
        list($kind, $word, $line) = $tokens[$here];
        $depth += $kind === '(' ? 1 : ($kind === ')' ? -1 : 0);
        $scalar = '/^(int|string|bool|float|iterable|object|mixed|void|never|null|false)$/i';
        if ($kind === '?' || $kind === '|' || ($kind === 'T_STRING' && preg_match($scalar, $word)
            && isset($tokens[$here + 1]) && $tokens[$here + 1][0] === 'T_VARIABLE')) {
            $wrong[] = "$line: newer than PHP 5.3: a type in a function's head: $word";
        }
        if ($depth === 0 && $kind === ')') {
            if (isset($tokens[$here + 1]) && $tokens[$here + 1][0] === ':') {
                $wrong[] = "$line: newer than PHP 5.3: a type of what a function gives back";
            }
            break;
        }
    }
    return $wrong;
}

/** Whether a variable is a property that is declared with a type. */
function isProperty($tokens, $at)
{
    $visibility = array('T_PUBLIC', 'T_PRIVATE', 'T_PROTECTED', 'T_VAR');
    $types = array('T_STRING', 'T_ARRAY', 'T_NAME_QUALIFIED', 'T_NAME_FULLY_QUALIFIED');
    if ($at < 2 || !in_array($tokens[$at - 1][0], $types, true)) {
        return false;
    }
    $at -= $tokens[$at - 2][0] === '?' ? 1 : 0;
    $before = $tokens[$at - 2][0];
    return in_array($before, $visibility, true)
        || ($before === 'T_STATIC' && $at > 2 && in_array($tokens[$at - 3][0], $visibility, true));
}
