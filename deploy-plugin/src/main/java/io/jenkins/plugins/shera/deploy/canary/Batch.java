package io.jenkins.plugins.shera.deploy.canary;

/**
 * How many pods may be missing at once while they are replaced.
 *
 * @param number of pods, or of percent
 */
public record Batch(int number, boolean percent) {

    private static final Batch ONE = new Batch(1, false);

    /**
     * Reads {@code 3} or {@code 25%}; one pod when empty.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Batch of(String text) {
        if (text == null || text.isEmpty()) {
            return ONE;
        }
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1) : text;
        if (digits.matches("[1-9][0-9]{0,3}") && !(percent && Integer.parseInt(digits) > 50)) {
            return new Batch(Integer.parseInt(digits), percent);
        }
        throw new IllegalArgumentException(
                "'" + text.replaceAll("[^A-Za-z0-9%.-]", "?")
                        + "' cannot be the batch of onDelete. Give a number of pods such as 3, or a share up to 50% such as 25%.");
    }

    /** Of so many. */
    int pods(int total) {
        return percent ? Math.max(1, total * number / 100) : number;
    }
}
