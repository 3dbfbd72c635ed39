package io.jenkins.plugins.shera.terminal.recording;

/** The letters of what a terminal is told, without its commands, as the last line of them. Holds a bounded line; for one thread at a time. */
final class PlainText {
    private static final int LONGEST = 4096;

    private enum Within {
        TEXT,
        ESCAPE,
        CSI,
        STRING,
        STRING_ESCAPE
    }

    private final StringBuilder line = new StringBuilder();
    private Within within = Within.TEXT;

    /** Takes the next character; whether a line ended with it, of which {@link #line} is still the text until {@link #fresh}. */
    boolean take(char letter) {
        switch (within) {
            case ESCAPE -> {
                within = switch (letter) {
                    case '[' -> Within.CSI;
                    case ']', 'P', '_', '^', 'X' -> Within.STRING;
                    default -> letter < 0x30 && letter >= 0x20 ? Within.ESCAPE : Within.TEXT;
                };
            }
            case CSI -> {
                if (letter >= 0x40 && letter <= 0x7e) {
                    within = Within.TEXT;
                    return moves(letter);
                }
            }
            case STRING -> {
                if (letter == 0x07) {
                    within = Within.TEXT;
                } else if (letter == 0x1b) {
                    within = Within.STRING_ESCAPE;
                }
            }
            case STRING_ESCAPE -> within = letter == '\\' ? Within.TEXT : Within.STRING;
            default -> {
                return text(letter);
            }
        }
        return false;
    }

    /** Whether a command puts the cursor elsewhere, so that what follows is another line. */
    private boolean moves(char command) {
        return "ABEFHJLMSTdf".indexOf(command) >= 0 && !line.isEmpty();
    }

    private boolean text(char letter) {
        if (letter == 0x1b) {
            within = Within.ESCAPE;
        } else if (letter == '\n') {
            return true;
        } else if (letter == '\b') {
            if (!line.isEmpty()) {
                line.setLength(line.length() - 1);
            }
        } else if (letter >= 0x20 && letter != 0x7f) {
            line.append(letter);
            return line.length() >= LONGEST;
        }
        return false;
    }

    String line() {
        return line.toString();
    }

    /** Begins a line. */
    void fresh() {
        line.setLength(0);
    }
}
