({
    plugins: ['Dashlet'],
    className: 'funnel-dashlet',

    /* The frame is drawn once; what is personal is fetched by it, with a token that is posted into it. */
    initDashlet: function () {
        'use strict';
        this._place = 'funnel/token';
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
            frame.title = app.lang.get('LBL_FUNNEL_DASHLET');
            frame.style.cssText = 'width:100%;border:0;display:block;height:640px';
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
            self._offer();
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

    /* The way into Funnel's own pages: a form with a token that works once, in a tab of its own. */
    _offer: function () {
        'use strict';
        var button = document.createElement('button');
        button.type = 'button';
        button.className = 'btn btn-link';
        button.appendChild(document.createTextNode(app.lang.get('LBL_FUNNEL_OPEN')));
        button.addEventListener('click', function () {
            var name = 'funnel' + Date.now();
            /* Opened at once, or the browser takes it for an advertisement. */
            window.open('about:blank', name);
            app.api.call('create', app.api.buildURL('funnel/sign-in'), {}, {
                success: function (told) {
                    var form = document.createElement('form'), field = document.createElement('input');
                    form.method = 'post';
                    form.action = told.address;
                    form.target = name;
                    field.type = 'hidden';
                    field.name = 'token';
                    field.value = told.token;
                    form.appendChild(field);
                    document.body.appendChild(form);
                    form.submit();
                    document.body.removeChild(form);
                }
            });
        });
        this.$el.append(button);
    }
})
