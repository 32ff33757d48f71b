/**
 * Answers a frame's wish for a token, and lets it say how high it is.
 *
 * A message counts only from this frame's own window and from Funnel's origin, and the token is
 * posted to that origin alone. It is never in an address.
 */
function funnelFrame(frame, origin, ask) {
    var hear = function (event) {
        var told = event.data;
        if (!document.documentElement.contains(frame)) {
            window.removeEventListener('message', hear);
            return;
        }
        if (event.source !== frame.contentWindow || event.origin !== origin) {
            return;
        }
        if (!told || typeof told !== 'object') {
            return;
        }
        if (told.funnel === 'ready' || told.funnel === 'token please') {
            ask(function (token) {
                if (token && frame.contentWindow) {
                    frame.contentWindow.postMessage({funnel: 'token', token: token}, origin);
                }
            });
        }
        if (told.funnel === 'height' && typeof told.px === 'number' && told.px > 0) {
            frame.style.height = Math.min(Math.max(told.px, 80), 8000) + 'px';
        }
    };
    window.addEventListener('message', hear);
    return hear;
}
