package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.Comparator;
import java.util.List;

/** A page about all of a tenant, at {@code tenant/<t>/<id>/}; the tenant's own page links to it. */
public abstract class TenantPage implements ExtensionPoint {

    /** Last part of the page's address: {@code projects}, ... */
    public abstract String id();

    /** The page's title in the language of the request. */
    public abstract String title();

    /** A symbol's name, as {@code symbol-images plugin-shera}. */
    public abstract String icon();

    /** Where it stands among the pages, the smallest first. */
    public abstract int order();

    /** Who may open it. */
    public abstract Permission permission();

    /** What Stapler shows and asks for api/json: a new object for every request, made after the permission was checked. */
    public abstract Object page(Tenant tenant);

    /** Every page, in order. */
    public static List<TenantPage> all() {
        return ExtensionList.lookup(TenantPage.class).stream()
                .sorted(Comparator.comparingInt(TenantPage::order))
                .toList();
    }
}
