namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>COCO's run lengths: background and object by turns, column by column.</summary>
internal static class RunLengths
{
    /// <summary>The mask [height, width], row-major.</summary>
    public static bool[] Decode(IReadOnlyList<long> counts, int height, int width)
    {
        bool[] mask = new bool[height * width];
        long position = 0;
        bool inside = false;
        foreach (long run in counts)
        {
            if (run < 0 || run > mask.Length - position) throw new FormatException($"its run lengths do not fit {width} x {height} pixels");
            for (long end = position + run; position < end; position++)
            {
                if (inside) mask[(position % height * width) + (position / height)] = true;
            }

            inside = !inside;
        }

        return position == mask.Length ? mask : throw new FormatException($"its run lengths are of {position} pixels, the image has {mask.Length}");
    }

    /// <summary>Counts from COCO's text form: groups of five bits, the least first, and from the fourth on as differences to the one before last.</summary>
    public static IReadOnlyList<long> Unpack(string packed)
    {
        List<long> counts = [];
        for (int at = 0; at < packed.Length;)
        {
            long value = 0;
            int shift = 0, bits;
            do
            {
                if (at == packed.Length || shift > 55) throw new FormatException("its packed run lengths end in the middle");
                bits = packed[at++] - 48;
                if (bits is < 0 or > 63) throw new FormatException("its packed run lengths have a character that cannot stand there");
                value |= (long)(bits & 0x1f) << shift;
                shift += 5;
            }
            while ((bits & 0x20) != 0);
            if ((bits & 0x10) != 0) value |= -1L << shift;
            counts.Add(counts.Count > 2 ? checked(value + counts[^2]) : value);
        }

        return counts;
    }
}
