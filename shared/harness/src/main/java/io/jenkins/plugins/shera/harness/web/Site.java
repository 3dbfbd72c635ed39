package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;

/** What the web server asks of the Jenkins it shows. */
public interface Site {
    /** The object at the root of all addresses. */
    Object root();

    /** Sees the classes and views of every plugin. */
    ClassLoader loader();

    /** Told once, before the first request. */
    void started(ServletContext context, String address);

    /** A file below the web folder of a plugin; null if there is none. */
    URL pluginFile(String plugin, String path);

    /** Who signs in with these; null if they are wrong. */
    Object authenticate(String user, String password);

    /** Whose API token this is; null if it is none of the user's. */
    Object authenticateByToken(String user, String token);

    /** Whoever has not signed in. */
    Object anonymous();

    /** Whom the thread acts as now. */
    Object current();

    /** The name of the user, for the log and the page. */
    String nameOf(Object authentication);

    /** Makes the thread act as this user until closed. */
    Acting actAs(Object authentication);

    /** May the acting user open this path at all (overall read, or a path open to everybody)? */
    boolean mayOpen(String path);

    /** Refuses the POST of a stranger's page: true if the request carries the crumb of its session. */
    boolean provesItsOrigin(HttpServletRequest request);

    /** A plugin took the request as one that needs no crumb, and has answered it through the chain. */
    boolean excluded(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException;

    /** Was this failure "access denied"? */
    boolean isDenial(Throwable failure);

    /** The end of {@link #actAs}. */
    interface Acting extends AutoCloseable {
        @Override
        void close();
    }
}
