using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>Tensors that a request replays instead of drawing.</summary>
internal static class ReplayedDraws
{
    /// <summary>A tensor by name, as float32; null where the request replays none of that name.</summary>
    public static HostTensor? Find(ExplanationRequest request, string name) =>
        request.Draws is { } draws && draws.TryGetValue(name, out HostTensor? tensor) ? tensor.ToFloat32() : null;

    /// <summary>Whole numbers [N, width]; null where the request replays none of that name.</summary>
    /// <exception cref="PellucidException">The tensor has another shape or holds numbers outside 0 to limit - 1.</exception>
    public static int[][]? FindRows(ExplanationRequest request, string name, int width, int limit)
    {
        if (Find(request, name) is not { } tensor) return null;
        if (tensor.Shape.Rank != 2 || tensor.Shape[1] != width || tensor.Shape[0] == 0)
            throw new PellucidException($"the stored tensor '{name}' is {tensor.Shape}; with {width} features it must be [N, {width}]");
        int[][] rows = new int[tensor.Shape[0]][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new int[width];
            for (int j = 0; j < width; j++)
            {
                float value = tensor.Floats[(i * width) + j];
                if (!(value >= 0 && value < limit && value == MathF.Floor(value)))
                    throw new PellucidException($"the stored tensor '{name}' holds {value} in row {i}; whole numbers from 0 to {limit - 1} are needed");
                rows[i][j] = (int)value;
            }
        }

        return rows;
    }
}
