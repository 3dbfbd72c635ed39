package io.jenkins.plugins.shera.monitoring.logs;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Which lines are wanted: those that hold a text, whatever its case, or in which an RE2 expression is found, in time that is linear in
 * the line whatever the expression. Immutable; usable from many threads.
 */
public final class LineFilter {

    /** Every line. */
    public static final LineFilter ALL = new LineFilter("", false, null, null);

    /** Longest expression or text in characters. */
    public static final int LONGEST = 200;

    private static final int MOST_REPEATED = 1_000;

    private final String wanted;
    private final boolean expression;
    private final Pattern pattern;
    private final byte[] low;

    private LineFilter(String wanted, boolean expression, Pattern pattern, byte[] low) {
        this.wanted = wanted;
        this.expression = expression;
        this.pattern = pattern;
        this.low = low;
    }

    /**
     * Reads what somebody typed; an empty text wants every line.
     *
     * @param expression whether it is an RE2 expression and no plain text
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static LineFilter of(String wanted, boolean expression) {
        if (wanted.isEmpty()) {
            return ALL;
        }
        if (wanted.length() > LONGEST) {
            throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
        }
        if (!expression) {
            boolean ascii = wanted.chars().allMatch(each -> each < 128);
            return ascii
                    ? new LineFilter(
                            wanted, false, null, wanted.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
                    : new LineFilter(
                            wanted, false, Pattern.compile(Pattern.quote(wanted), Pattern.CASE_INSENSITIVE), null);
        }
        if (repeats(wanted) > MOST_REPEATED) {
            throw new IllegalArgumentException("its repetitions multiply to more than " + MOST_REPEATED);
        }
        try {
            return new LineFilter(wanted, true, Pattern.compile(wanted), null);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
        }
    }

    /** The product of all counted repetitions, an upper bound of how often a part of the expression is copied. */
    private static long repeats(String expression) {
        long product = 1;
        int at = expression.indexOf('{');
        while (at >= 0 && product <= MOST_REPEATED) {
            int end = at + 1;
            long number = 0;
            long greatest = 0;
            while (end < expression.length() && "0123456789,".indexOf(expression.charAt(end)) >= 0) {
                char each = expression.charAt(end);
                number = each == ',' ? 0 : Math.min(1_000_000, number * 10 + each - '0');
                greatest = Math.max(greatest, number);
                end++;
            }
            if (end < expression.length() && expression.charAt(end) == '}') {
                product *= Math.max(1, greatest);
            }
            at = expression.indexOf('{', at + 1);
        }
        return product;
    }

    /** Whether it wants every line. */
    public boolean isAll() {
        return wanted.isEmpty();
    }

    /** What was typed. */
    public String wanted() {
        return wanted;
    }

    /** Whether that is an expression. */
    public boolean isExpression() {
        return expression;
    }

    /** Whether a line, given as UTF-8 bytes without its line feed, is wanted. */
    public boolean accepts(byte[] bytes, int from, int length) {
        if (isAll()) {
            return true;
        }
        if (low != null) {
            return holds(bytes, from, from + length);
        }
        byte[] line =
                from == 0 && length == bytes.length ? bytes : java.util.Arrays.copyOfRange(bytes, from, from + length);
        return pattern.matcher(line).find();
    }

    private boolean holds(byte[] bytes, int from, int to) {
        byte first = low[0];
        int last = to - low.length;
        for (int at = from; at <= last; at++) {
            if (lower(bytes[at]) == first) {
                int i = 1;
                while (i < low.length && lower(bytes[at + i]) == low[i]) {
                    i++;
                }
                if (i == low.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte lower(byte each) {
        return each >= 'A' && each <= 'Z' ? (byte) (each + 32) : each;
    }
}
