package org.jenkinsci.remoting;

/** What a side of a channel is trusted with. */
public final class Role {
    public static final Role UNKNOWN = new Role("unknown");
    private final String name;

    public Role(String name) {
        this.name = name;
    }

    public Role(Class<?> name) {
        this(name.getName());
    }

    public String getName() {
        return name;
    }
}
