({
    plugins: ['Dashlet'],
    className: 'funnel-dashlet',

    /* The frame is drawn once; what is personal is fetched by it, with a token that is posted into it. */
    initDashlet: function () {
        'use strict';
        this._place = this._record();
    },

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
            frame.title = app.lang.get('LBL_FUNNEL_RECORD');
            frame.style.cssText = 'width:100%;border:0;display:block;height:320px';
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

    /* The record the page shows: its token is asked for by name, and Sugar checks the right to it. */
    _record: function () {
        'use strict';
        var model = this.context.parent ? this.context.parent.get('model') : this.context.get('model');
        var module = model ? model.module : '';
        if (!model || !model.id || (module !== 'Leads' && module !== 'Contacts')) {
            return '';
        }
        return 'funnel/token/' + module + '/' + encodeURIComponent(model.id);
    }
})
