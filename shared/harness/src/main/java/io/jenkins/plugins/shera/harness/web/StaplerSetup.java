package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebApp;
import org.kohsuke.stapler.framework.adjunct.AdjunctManager;
import org.kohsuke.stapler.jelly.JellyFacet;

/** Stapler as Jenkins sets it up: its rules which methods answer, its expressions, the language of the request. */
final class StaplerSetup {
    private StaplerSetup() {}

    static void install(Site site, ServletContext context) {
        WebApp app = new WebApp(context);
        context.setAttribute(WebApp.class.getName(), app);
        context.setAttribute("app", site.root());
        app.setApp(site.root());
        app.setClassLoader(site.loader());
        WebMethods methods = new WebMethods();
        app.setFilterForDoActions(methods);
        Routes routes = new Routes(methods);
        app.setFilterForGetMethods(routes);
        app.setFilterForFields(routes);
        app.setDispatchValidator(new Views());
        app.setJsonInErrorMessageSanitizer(json -> new net.sf.json.JSONObject());
        app.getFacet(JellyFacet.class).scriptInvoker = new PageScripts();
        JellyFacet.setExpressionFactory(new jakarta.servlet.ServletContextEvent(context), new PageExpressions());
        Adjuncts.use(new AdjunctManager(
                context, site.loader(), "adjuncts" + StaticFiles.resourcePath().substring("/static".length())));
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                StaplerRequest2 request = Stapler.getCurrentRequest2();
                return request == null ? Locale.getDefault() : request.getLocale();
            }
        });
    }
}
