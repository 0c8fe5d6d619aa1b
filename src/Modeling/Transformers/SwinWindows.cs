using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Transformers;

/// <summary>
/// How a Swin block cuts its grid into windows: rolled up and left by <see cref="Shift"/>, cut, and put back. A grid that is no multiple
/// of the window is filled with zeros at the right and below, as Hugging Face does.
/// </summary>
internal sealed class SwinWindows
{
    // Added between tokens of a window that are no neighbors in the image. Not minus infinity: the published code adds this.
    private const float Apart = -100;

    // 2 GB of numbers, far beyond any image that the rest of the model would take.
    private const long LargestBias = 1L << 29;

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _paddedRows;
    private readonly int _paddedColumns;

    /// <summary>Plans the windows of a block.</summary>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="side">Side of a window.</param>
    /// <param name="shifted">Whether the block shifts; a grid of a single window's size never does.</param>
    /// <exception cref="PellucidException">The grid is smaller than a window.</exception>
    public SwinWindows(int rows, int columns, int side, bool shifted)
    {
        if (rows < side || columns < side)
            throw new PellucidException($"the image is too small: a stage of the image encoder has {rows} x {columns} tokens, fewer than its windows of {side} x {side}");
        (_rows, _columns, Side) = (rows, columns, side);
        (_paddedRows, _paddedColumns) = ((rows + side - 1) / side * side, (columns + side - 1) / side * side);
        Shift = shifted && Math.Min(rows, columns) > side ? side / 2 : 0;
    }

    /// <summary>Side of a window.</summary>
    public int Side { get; }

    /// <summary>Tokens that windows are shifted by, down and right; 0 for none.</summary>
    public int Shift { get; }

    /// <summary>Tokens of a window.</summary>
    public int Tokens => Side * Side;

    private int Down => _paddedRows / Side;

    private int Across => _paddedColumns / Side;

    private int Count => Down * Across;

    /// <summary>[B, rows * columns, C] to [B, windows, tokens of a window, C], both row-major.</summary>
    public Value Cut(GraphBuilder g, Value x)
    {
        long width = x.Shape[2];
        Value grid = g.Reshape(x, -1, _rows, _columns, width);
        if (_paddedRows > _rows || _paddedColumns > _columns)
            grid = g.Emit("Pad", [grid, g.Int64s(0, 0, 0, 0, 0, _paddedRows - _rows, _paddedColumns - _columns, 0)]);
        if (Shift > 0) grid = Roll(g, Roll(g, grid, 1, Shift), 2, Shift);
        Value apart = g.Reshape(grid, -1, Down, Side, Across, Side, width);
        return g.Reshape(g.Transpose(apart, 0, 1, 3, 2, 4, 5), -1, Count, Tokens, width);
    }

    /// <summary>The way back of <see cref="Cut"/>.</summary>
    public Value Join(GraphBuilder g, Value windows)
    {
        long width = windows.Shape[3];
        Value apart = g.Reshape(windows, -1, Down, Across, Side, Side, width);
        Value grid = g.Reshape(g.Transpose(apart, 0, 1, 3, 2, 4, 5), -1, _paddedRows, _paddedColumns, width);
        if (Shift > 0) grid = Roll(g, Roll(g, grid, 1, _paddedRows - Shift), 2, _paddedColumns - Shift);
        if (_paddedRows > _rows) grid = g.Slice(grid, 1, 0, _rows);
        if (_paddedColumns > _columns) grid = g.Slice(grid, 2, 0, _columns);
        return g.Reshape(grid, -1, _rows * _columns, width);
    }

    /// <summary>
    /// What is added to the attention scores [B, windows, heads, tokens, tokens]: the bias of relative positions, and -100 between the
    /// parts of a window that the shift has brought together from different sides of the image. [1 or windows, heads, tokens, tokens].
    /// </summary>
    /// <param name="table">Bias by relative position ((2 side - 1)^2, heads).</param>
    public HostTensor Bias(HostTensor table)
    {
        int heads = (int)table.Shape[1], windows = Shift > 0 ? Count : 1;
        if ((long)windows * heads * Tokens * Tokens > LargestBias)
            throw new PellucidException($"the image is too large: a stage of the image encoder has {_rows} x {_columns} tokens in {windows} windows");
        ReadOnlySpan<float> values = table.Floats;
        float[] bias = new float[windows * heads * Tokens * Tokens];
        int at = 0;
        for (int w = 0; w < windows; w++)
        {
            for (int h = 0; h < heads; h++)
            {
                for (int i = 0; i < Tokens; i++)
                {
                    for (int j = 0; j < Tokens; j++)
                    {
                        int dy = (i / Side) - (j / Side) + Side - 1, dx = (i % Side) - (j % Side) + Side - 1;
                        float apart = Shift > 0 && Region(w, i) != Region(w, j) ? Apart : 0;
                        bias[at++] = values[(((dy * ((2 * Side) - 1)) + dx) * heads) + h] + apart;
                    }
                }
            }
        }

        return HostTensor.Of(bias, windows, heads, Tokens, Tokens);
    }

    /// <summary>Which of the nine parts of the rolled grid a token of a window belongs to.</summary>
    private int Region(int window, int token)
    {
        int row = (window / Across * Side) + (token / Side), column = (window % Across * Side) + (token % Side);
        return (3 * Band(row, _paddedRows)) + Band(column, _paddedColumns);
    }

    private int Band(int index, int length) => index < length - Side ? 0 : index < length - Shift ? 1 : 2;

    /// <summary>Moves the first elements of an axis to its end.</summary>
    private static Value Roll(GraphBuilder g, Value x, int axis, int by) =>
        g.Concat(axis, g.Slice(x, axis, by, x.Shape[axis]), g.Slice(x, axis, 0, by));
}
