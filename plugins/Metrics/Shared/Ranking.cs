namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Puts many numbers in order.</summary>
internal static class Ranking
{
    /// <summary>Places of values in their order, ties by place: what a stable sort gives, in a fraction of its time.</summary>
    /// <param name="values">Values; one that is no number is the smallest.</param>
    /// <param name="descending">Largest first.</param>
    public static int[] Of(ReadOnlySpan<float> values, bool descending)
    {
        // One integer a value, the order of whose upper half is that of the values, and the place in the lower half.
        ulong[] keys = new ulong[values.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            uint rank = Rank(values[i]);
            keys[i] = ((ulong)(descending ? ~rank : rank) << 32) | (uint)i;
        }

        Array.Sort(keys);
        int[] places = new int[keys.Length];
        for (int i = 0; i < places.Length; i++) places[i] = (int)(uint)keys[i];
        return places;
    }

    private static uint Rank(float value)
    {
        const uint Sign = 0x8000_0000;
        if (float.IsNaN(value)) return 0;
        // Both zeros are equal.
        uint bits = value == 0 ? 0 : BitConverter.SingleToUInt32Bits(value);
        return (bits & Sign) == 0 ? bits | Sign : ~bits;
    }
}
