/*
 * What both dashlets of Sidecar do: ask for a token and draw the frame, once; what is personal is
 * fetched by it, with a token that is posted into it. `initDashlet` says the `_place` that gives
 * tokens ("" for no frame), the frame's `_frameTitle` and its `_frameHeight` in pixels at first; an `_offer`
 * is drawn below it.
 */
_ask: function (done, failed) {
    'use strict';
    app.api.call('create', app.api.buildURL(this._place), {}, {success: done, error: failed});
},

_render: function () {
    'use strict';
    /* @part frame.js */
    var self = this;
    this._super('_render');
    if (!this._place || this.meta.config || this.meta.preview) {
        return;
    }
    this._ask(function (first) {
        var frame = document.createElement('iframe');
        if (self.disposed) {
            return;
        }
        if (!first.address) {
            self.$el.text(app.lang.get('LBL_FUNNEL_NOT_SET'));
            return;
        }
        frame.title = app.lang.get(self._frameTitle);
        frame.style.cssText = 'width:100%;border:0;display:block;height:' + self._frameHeight + 'px';
        self.$el.empty().append(frame);
        self._hear = funnelFrame(frame, first.origin, function (give) {
            var token = first.token;
            first.token = '';
            if (token) {
                give(token);
            } else {
                self._ask(function (next) { give(next.token); }, function () { give(''); });
            }
        }, {
            loading: app.lang.get('LBL_FUNNEL_LOADING'),
            late: app.lang.get('LBL_FUNNEL_LATE'),
            again: app.lang.get('LBL_FUNNEL_TRY_AGAIN')
        });
        frame.src = first.address + '?lang=' + encodeURIComponent(app.lang.getLanguage());
        if (self._offer) {
            self._offer();
        }
    }, function () {
        if (!self.disposed) {
            self.$el.text(app.lang.get('LBL_FUNNEL_AWAY'));
        }
    });
},

_dispose: function () {
    'use strict';
    if (this._hear) {
        window.removeEventListener('message', this._hear);
    }
    this._super('_dispose');
},
