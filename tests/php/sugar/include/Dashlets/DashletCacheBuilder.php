<?php
class DashletCacheBuilder
{
    public static $built = 0;

    public function buildCache()
    {
        self::$built += 1;
    }
}
