/* The frames of Funnel on the pages of Sugar 5, 6 and SuiteCRM. Loaded twice, it does no harm. */
(function () {
    'use strict';
    /* @part frame.js */
    function ask(frame) {
        return function (done) {
            var request = new XMLHttpRequest();
            request.open('POST', frame.getAttribute('data-token'), true);
            request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
            request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
            request.onload = function () {
                var told = null;
                try {
                    told = JSON.parse(request.responseText);
                } catch (problem) {
                    told = null;
                }
                done(told && told.token ? told.token : '');
            };
            request.send('');
        };
    }
    /* Below the record's own fields, and above what is linked to it. */
    function place() {
        var panel = document.querySelector('div.funnel-record'), below = document.getElementById('subpanel_list');
        if (panel && below && below.parentNode && panel.nextSibling !== below) {
            below.parentNode.insertBefore(panel, below);
        }
    }
    function start() {
        place();
        var frames = document.querySelectorAll('iframe.funnel-frame');
        for (var at = 0; at < frames.length; at += 1) {
            if (!frames[at].getAttribute('src')) {
                funnelFrame(frames[at], frames[at].getAttribute('data-origin'), ask(frames[at]), {
                    loading: frames[at].getAttribute('data-loading'),
                    late: frames[at].getAttribute('data-late'),
                    again: frames[at].getAttribute('data-again')
                });
                frames[at].src = frames[at].getAttribute('data-address');
            }
        }
    }
    start();
    if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', start);
    }
}());
