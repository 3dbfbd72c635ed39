package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A tab of the application page; its page lives at {@code tenant/<t>/application/<a>/<id>/}. */
public abstract class ApplicationTab implements ExtensionPoint {

    /** Last part of the tab's address: {@code images}, {@code releases}, ... */
    public abstract String id();

    /** The tab's title in the language of the request. */
    public abstract String title();

    /** A symbol's name, as {@code symbol-images plugin-shera}. */
    public abstract String icon();

    /** Where it stands among the tabs, the smallest first. */
    public abstract int order();

    /** Who may open it. */
    public abstract Permission permission();

    /**
     * A button of the overview that leads here.
     *
     * @param fragment what the page finds behind {@code #}, empty for nothing
     */
    public record Action(String title, String fragment, Permission permission) {}

    /** The button, in the language of the request; empty where the tab alone is enough. */
    public Optional<Action> action() {
        return Optional.empty();
    }

    /** What Stapler shows and asks for api/json: a new object for every request, made after the permission was checked. */
    public abstract Object page(Tenant tenant, Application application);

    /** Every tab, in order. */
    public static List<ApplicationTab> all() {
        return ExtensionList.lookup(ApplicationTab.class).stream()
                .sorted(Comparator.comparingInt(ApplicationTab::order))
                .toList();
    }
}
