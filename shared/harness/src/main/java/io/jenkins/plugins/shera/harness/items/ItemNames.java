package io.jenkins.plugins.shera.harness.items;

import hudson.model.Failure;

/** Which texts may name an item. */
public final class ItemNames {
    private static final String UNSAFE = "?*/\\%!@#$^&|<>[]:;";

    private ItemNames() {}

    /** Fails when the text cannot name an item. */
    public static void check(String name) {
        if (name == null || name.isEmpty()) {
            throw new Failure("No name is specified");
        }
        if (name.equals(".") || name.equals("..") || name.endsWith(".")) {
            throw new Failure("“" + name + "” is not an allowed name");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                throw new Failure("No control code is allowed: " + name.replaceAll("\\p{Cntrl}", "?"));
            }
            if (UNSAFE.indexOf(c) >= 0) {
                throw new Failure("‘" + c + "’ is an unsafe character");
            }
        }
    }
}
