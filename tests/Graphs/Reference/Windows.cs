namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Attributes of a window that walks over the spatial axes, and the output size that follows.</summary>
internal sealed class Windows
{
    public Windows(Call c, long[] kernel)
    {
        int n = kernel.Length;
        long[] input = c[0].Shape[2..];
        Kernel = kernel;
        Strides = c.Attributes.Ints("strides") ?? [.. kernel.Select(_ => 1L)];
        Dilations = c.Attributes.Ints("dilations") ?? [.. kernel.Select(_ => 1L)];
        long[] pads = c.Attributes.Ints("pads") ?? new long[2 * n];
        Begin = pads[..n];
        End = pads[n..];
        string auto = c.Attributes.String("auto_pad", "NOTSET");
        bool ceil = c.Attributes.Int("ceil_mode", 0) != 0;
        Output = new long[n];
        for (int i = 0; i < n; i++)
        {
            long extent = ((kernel[i] - 1) * Dilations[i]) + 1;
            if (auto.StartsWith("SAME", StringComparison.Ordinal))
            {
                Output[i] = (long)Math.Ceiling((double)input[i] / Strides[i]);
                long total = Math.Max(0, ((Output[i] - 1) * Strides[i]) + extent - input[i]);
                Begin[i] = auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
                End[i] = total - Begin[i];
                continue;
            }

            double steps = (double)(input[i] + Begin[i] + End[i] - extent) / Strides[i];
            Output[i] = (long)(ceil ? Math.Ceiling(steps) : Math.Floor(steps)) + 1;
            if (ceil && (Output[i] - 1) * Strides[i] >= input[i] + Begin[i]) Output[i]--;
        }
    }

    public long[] Kernel { get; }

    public long[] Strides { get; }

    public long[] Dilations { get; }

    public long[] Begin { get; }

    public long[] End { get; }

    public long[] Output { get; }

    /// <summary>Position in the input of element k of the window at an output position; may lie in the padding.</summary>
    public void Position(ReadOnlySpan<long> output, ReadOnlySpan<long> k, Span<long> position)
    {
        for (int i = 0; i < k.Length; i++) position[i] = (output[i] * Strides[i]) + (k[i] * Dilations[i]) - Begin[i];
    }

    public static bool Inside(ReadOnlySpan<long> position, ReadOnlySpan<long> size)
    {
        for (int i = 0; i < position.Length; i++) if (position[i] < 0 || position[i] >= size[i]) return false;
        return true;
    }
}
