package io.jenkins.plugins.shera.nginx.model;

/** How a route's path is compared, where it is not any address that begins with its letters. */
public enum PathMatch {
    /** This address alone. */
    EXACT,
    /** This address and those below it: {@code /shop} takes {@code /shop/cart} and not {@code /shopping}. */
    SEGMENTS
}
