package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** {@code /descriptor/<id>/help/<field>}: the help file of a field, in the language of the request. */
public final class DescriptorPages {
    private final Descriptor<?> descriptor;

    DescriptorPages(Descriptor<?> descriptor) {
        this.descriptor = descriptor;
    }

    /** An HTML fragment written by the plugin. */
    public void doHelp(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String field = request.getRestOfPath().replace("/", "");
        URL file = find(descriptor, field, request.getLocale());
        if (file == null) {
            response.sendError(404);
            return;
        }
        response.setContentType("text/html;charset=UTF-8");
        try (InputStream in = file.openStream()) {
            in.transferTo(response.getOutputStream());
        }
    }

    static URL find(Descriptor<?> descriptor, String field, Locale locale) {
        if (!field.matches("[\\w.-]{0,100}")) {
            return null;
        }
        String name = field.isEmpty() ? "help" : "help-" + field;
        for (Class<?> type = descriptor.clazz; type != null && type != Object.class; type = type.getSuperclass()) {
            String base = "/" + type.getName().replace('.', '/').replace('$', '/') + "/" + name;
            for (String suffix :
                    List.of("_" + locale.getLanguage() + "_" + locale.getCountry(), "_" + locale.getLanguage(), "")) {
                URL file = type.getResource(base + suffix + ".html");
                if (file != null) {
                    return file;
                }
            }
        }
        return null;
    }
}
