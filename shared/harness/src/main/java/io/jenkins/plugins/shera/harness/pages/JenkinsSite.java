package io.jenkins.plugins.shera.harness.pages;

import hudson.PluginWrapper;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.shera.harness.web.SessionCrumb;
import io.jenkins.plugins.shera.harness.web.Site;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.security.ApiTokenProperty;
import org.kohsuke.stapler.WebApp;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Shows a running Jenkins. */
public final class JenkinsSite implements Site {
    private static final Set<String> OPEN_TO_ALL =
            Set.of("login", "loginError", "logout", "adjuncts", "error", "oops", "crumbIssuer");
    private final Jenkins jenkins;

    public JenkinsSite(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    @Override
    public Object root() {
        return jenkins;
    }

    @Override
    public ClassLoader loader() {
        return jenkins.getPluginManager().uberClassLoader;
    }

    @Override
    public void started(ServletContext context, String address) {
        WebApp.get(context).setDispatchersFilter(new Companions());
        JenkinsLocationConfiguration location = JenkinsLocationConfiguration.get();
        if (location.getUrl() == null || location.getUrl().isEmpty()) {
            location.setUrl(address);
        }
    }

    @Override
    public URL pluginFile(String plugin, String path) {
        PluginWrapper installed = jenkins.getPluginManager().getPlugin(plugin);
        if (installed != null && installed.baseResourceURL != null) {
            URL file = existing(installed.baseResourceURL, path);
            if (file != null) {
                return file;
            }
        }
        return loader().getResource("webapp-of-plugin/" + plugin + "/" + path);
    }

    private static URL existing(URL base, String path) {
        try {
            URL file = new URL(base, path);
            try (java.io.InputStream in = file.openStream()) {
                boolean folder = file.getProtocol().equals("file") && new java.io.File(file.getPath()).isDirectory();
                return folder ? null : file;
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Not an address of a file: " + path, e);
        } catch (java.io.IOException e) {
            return null;
        }
    }

    @Override
    public Object authenticate(String user, String password) {
        try {
            Authentication asked = new UsernamePasswordAuthenticationToken(user, password);
            Authentication known =
                    jenkins.getSecurityRealm().getSecurityComponents().manager2.authenticate(asked);
            return known != null && known.isAuthenticated() ? known : null;
        } catch (AuthenticationException e) {
            return null;
        }
    }

    @Override
    public Object authenticateByToken(String name, String token) {
        User user = User.getById(name, false);
        ApiTokenProperty tokens = user == null ? null : user.getProperty(ApiTokenProperty.class);
        try {
            return tokens != null && tokens.matchesPassword(token) ? user.impersonate2() : null;
        } catch (AuthenticationException e) {
            return null;
        }
    }

    @Override
    public Object anonymous() {
        return Jenkins.ANONYMOUS2;
    }

    @Override
    public Object current() {
        return Jenkins.getAuthentication2();
    }

    @Override
    public String nameOf(Object authentication) {
        return ((Authentication) authentication).getName();
    }

    @Override
    public Acting actAs(Object authentication) {
        ACLContext context = ACL.as2((Authentication) authentication);
        return context::close;
    }

    @Override
    public boolean mayOpen(String path) {
        if (jenkins.hasPermission(Jenkins.READ)) {
            return true;
        }
        String first = path.substring(1).split("/", 2)[0];
        return OPEN_TO_ALL.contains(first)
                || jenkins.getUnprotectedRootActions().contains(first);
    }

    @Override
    public boolean provesItsOrigin(HttpServletRequest request) {
        return SessionCrumb.matches(request);
    }

    @Override
    public boolean excluded(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        for (CrumbExclusion exclusion : CrumbExclusion.all()) {
            if (exclusion.process(request, response, next)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isDenial(Throwable failure) {
        return failure instanceof AccessDeniedException;
    }
}
