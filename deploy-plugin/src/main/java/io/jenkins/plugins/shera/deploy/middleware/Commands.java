package io.jenkins.plugins.shera.deploy.middleware;

/** The commands by which people save the data of an instance and put it back; nothing secret is in them. */
public final class Commands {

    private Commands() {}

    /** Writes a backup into a file. */
    public static String backup(Template template, String name, String namespace) {
        return exec(name, namespace, "") + "/shera/backup.sh > " + file(template, name);
    }

    /** Puts that file back. */
    public static String restore(Template template, String name, String namespace) {
        return exec(name, namespace, "-i ") + "/shera/restore.sh < " + file(template, name);
    }

    private static String exec(String name, String namespace, String input) {
        return "kubectl -n " + namespace + " exec " + input + name + "-0 -- /bin/sh ";
    }

    private static String file(Template template, String name) {
        return name
                + switch (template) {
                    case MYSQL -> ".sql";
                    case REDIS -> ".rdb";
                    case RABBITMQ -> ".json";
                };
    }
}
